import { firstFailure, oneLine, type ConsoleOptions } from '../../../reports/index.ts'
import type { RunEvent } from '../../run/events.ts'
import { Board, type SectionTotals } from './board.ts'
import { seconds, type Output, type RunView } from './view.ts'

/** Progress of the same step is told at most this often, in milliseconds. */
const progressInterval = 5000

/** Lines for a log: what is being prepared, a section when it is complete, the first failure in full. */
export class PlainView implements RunView {
  readonly #board: Board
  readonly #options: ConsoleOptions
  readonly #output: Output
  #toldAt = -Infinity
  #ended = false

  constructor(totals: SectionTotals, options: ConsoleOptions, output: Output) {
    this.#board = new Board(totals, options)
    this.#options = options
    this.#output = output
  }

  onEvent(event: RunEvent): void {
    if (this.#ended) return
    switch (event.kind) {
      case 'preparing':
        return this.#progress(event.text)
      case 'prepared':
        this.#board.addSubject()
        this.#toldAt = -Infinity
        return this.#line(`${event.subject} prepared in ${seconds(event.milliseconds)}`)
      case 'note':
        return this.#line(oneLine(event.text))
      case 'result': {
        const { section, result } = event
        if (this.#board.take(section, result)) this.#line(firstFailure(result, this.#options))
        if (this.#board.isComplete(section)) this.#line(this.#board.line(section))
      }
    }
  }

  async end(): Promise<void> {
    if (!this.#ended) for (const section of this.#board.open()) this.#line(this.#board.line(section))
    this.#ended = true
    await Promise.resolve()
  }

  #progress(text: string): void {
    const now = performance.now()
    if (now - this.#toldAt < progressInterval) return
    this.#toldAt = now
    this.#line(`preparing: ${oneLine(text)}`)
  }

  #line(text: string): void {
    this.#output.write(`${text}\n`)
  }
}
