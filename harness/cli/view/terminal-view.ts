import { stripVTControlCharacters } from 'node:util'
import { firstFailure, oneLine, type ConsoleOptions } from '../../../reports/index.ts'
import type { RunEvent } from '../../run/events.ts'
import { Board, progressText, type SectionTotals } from './board.ts'
import { Preparation } from './preparation.ts'
import type { TimeLeft } from './time-left.ts'
import { seconds, type Output, type RunView } from './view.ts'

/** A block of lines that is drawn over again, below lines that stay. */
export class TerminalView implements RunView {
  readonly #board: Board
  readonly #options: ConsoleOptions
  readonly #output: Output
  readonly #preparation = new Preparation()
  /** Lines of the block that are on the screen. */
  #drawn = 0
  readonly #left: TimeLeft | undefined
  #tick: NodeJS.Timeout | undefined
  #ended = false
  /** Events are shown one after another: a step that is being prepared ends on the screen before the next. */
  #shown: Promise<void> = Promise.resolve()

  constructor(totals: SectionTotals, options: ConsoleOptions, output: Output, left?: TimeLeft) {
    this.#left = left
    this.#board = new Board(totals, options)
    this.#options = options
    this.#output = output
  }

  onEvent(event: RunEvent): void {
    if (this.#ended) return
    this.#shown = this.#shown.then(() => this.#show(event))
  }

  async end(): Promise<void> {
    if (this.#ended) return
    this.#ended = true
    clearInterval(this.#tick)
    await this.#shown
    // What was left is over, whether all was played or not.
    if (this.#drawn > 0) this.#redraw()
    await this.#preparation.end()
  }

  async #show(event: RunEvent): Promise<void> {
    if (event.kind !== 'result') this.#left?.begin()
    if (event.kind === 'preparing') return this.#preparation.show(oneLine(event.text))
    if (event.kind === 'prepared') {
      this.#board.addSubject()
      this.#left?.addSubject()
      return this.#preparation.end(`${event.subject} prepared in ${seconds(event.milliseconds)}`)
    }
    await this.#preparation.end()
    if (event.kind === 'note') return this.#redraw(oneLine(event.text))
    const failed = this.#board.take(event.section, event.result)
    this.#left?.take(event.result.cell)
    // The time goes on while nothing comes.
    this.#tick ??= setInterval(() => this.#again(), 1000).unref()
    this.#redraw(failed ? firstFailure(event.result, this.#options) : undefined)
  }

  #again(): void {
    if (!this.#ended) this.#shown = this.#shown.then(() => this.#redraw())
  }

  /** Draws the block anew, after `above`, which stays. */
  #redraw(above?: string): void {
    const lines = [...this.#board.lines(), ...this.#progress()].map((line) => this.#cut(line))
    const clear = this.#drawn === 0 ? '' : `\x1b[${String(this.#drawn)}F\x1b[J`
    this.#output.write(
      [clear, ...[...(above === undefined ? [] : [above]), ...lines].map((line) => `${line}\n`)].join(''),
    )
    this.#drawn = lines.length
  }

  #progress(): string[] {
    return this.#ended ? [] : [progressText(this.#board, this.#left)]
  }

  /** A line that wraps would be two: the block could not be drawn over. */
  #cut(line: string): string {
    const columns = this.#output.columns ?? 80
    const plain = stripVTControlCharacters(line)
    return plain.length < columns ? line : plain.slice(0, columns - 1)
  }
}
