import type { ConsoleOptions } from '../../../reports/index.ts'
import type { RunEvent } from '../../run/events.ts'
import type { SectionTotals } from './board.ts'
import { PlainView } from './plain-view.ts'
import { TerminalView } from './terminal-view.ts'

/** Where a view writes; `process.stdout` is one. */
export interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Shows a run while it runs. */
export interface RunView {
  onEvent(event: RunEvent): void
  /** Resolves when everything is written. Nothing that comes later is shown. */
  end(): Promise<void>
}

/** A live view on a terminal that tells its width (a pseudo-terminal may have none), plain lines elsewhere. */
export const runView = (totals: SectionTotals, options: ConsoleOptions, output: Output): RunView =>
  output.isTTY === true && (output.columns ?? 0) > 0 && process.env['TERM'] !== 'dumb'
    ? new TerminalView(totals, options, output)
    : new PlainView(totals, options, output)

export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`
