import { firstFailure, oneLine, type ConsoleOptions } from '../../../reports/index.ts'
import type { RunEvent } from '../../run/events.ts'
import { Board, progressText, type SectionTotals } from './board.ts'
import type { TimeLeft } from './time-left.ts'
import { seconds, type Output, type RunView } from './view.ts'

/** Progress of the same step is told at most this often, in milliseconds. */
const progressInterval = 5000
/** A log that says nothing for so long is told how far the run is, in milliseconds. */
const silence = 30_000

/** Lines for a log: what is being prepared, a section or a subject when it is complete, the first failure in full. */
export class PlainView implements RunView {
  readonly #board: Board
  readonly #options: ConsoleOptions
  readonly #output: Output
  readonly #left: TimeLeft | undefined
  readonly #now: () => number
  #toldAt = -Infinity
  #wroteAt = -Infinity
  #ended = false

  constructor(
    totals: SectionTotals,
    options: ConsoleOptions,
    output: Output,
    left?: TimeLeft,
    now: () => number = () => performance.now(),
  ) {
    this.#left = left
    this.#now = now
    this.#board = new Board(totals, options)
    this.#options = options
    this.#output = output
  }

  onEvent(event: RunEvent): void {
    if (this.#ended) return
    if (event.kind !== 'result') this.#left?.begin()
    switch (event.kind) {
      case 'preparing':
        return this.#progress(event.text)
      case 'prepared':
        this.#board.addSubject()
        this.#left?.addSubject()
        this.#toldAt = -Infinity
        return this.#line(`${event.subject} prepared in ${seconds(event.milliseconds)}`)
      case 'note':
        return this.#line(oneLine(event.text))
      case 'result':
        return this.#result(event)
    }
  }

  #result({ section, result }: Extract<RunEvent, { kind: 'result' }>): void {
    this.#left?.take(result.cell)
    if (this.#board.take(section, result)) this.#line(firstFailure(result, this.#options))
    if (this.#board.isComplete(section)) this.#line(this.#board.line(section))
    const subject = this.#board.subjectLine(result.subject)
    if (subject !== undefined) this.#line(subject)
    if (this.#now() - this.#wroteAt >= silence) this.#line(progressText(this.#board, this.#left))
  }

  async end(): Promise<void> {
    if (!this.#ended) for (const section of this.#board.open()) this.#line(this.#board.line(section))
    this.#ended = true
    await Promise.resolve()
  }

  #progress(text: string): void {
    const now = this.#now()
    if (now - this.#toldAt < progressInterval) return
    this.#toldAt = now
    this.#line(`preparing: ${oneLine(text)}`)
  }

  #line(text: string): void {
    this.#wroteAt = this.#now()
    this.#output.write(`${text}\n`)
  }
}
