import type { ConsoleOptions } from '../../../reports/index.ts'
import type { SectionTotals } from './board.ts'
import { PlainView } from './plain-view.ts'
import { TerminalView } from './terminal-view.ts'
import type { TimeLeft } from './time-left.ts'
import type { Output, RunView } from './view.ts'

/** A live view on a terminal that tells its width (a pseudo-terminal may have none), plain lines elsewhere. */
export const runView = (
  totals: SectionTotals,
  options: ConsoleOptions,
  output: Output,
  left?: TimeLeft,
): RunView =>
  output.isTTY === true && (output.columns ?? 0) > 0 && process.env['TERM'] !== 'dumb'
    ? new TerminalView(totals, options, output, left)
    : new PlainView(totals, options, output, left)
