import type { Comparison } from '../baseline/comparison.ts'
import type { Results } from '../schema.ts'
import { baselineText } from './baseline.ts'
import { coverageLines } from './coverage.ts'
import { details } from './details.ts'
import { foldedText } from './folded.ts'
import { notSoText } from './not-so.ts'
import type { ConsoleOptions } from './paint.ts'
import { stepsText } from './steps.ts'
import { table } from './table.ts'
import { totals } from './totals.ts'

export { details, firstFailure } from './details.ts'
export { liveLine } from './live.ts'
export { wantsColor } from './paint.ts'
export type { ConsoleOptions } from './paint.ts'
export { ofCells, summaryOf, table } from './table.ts'
export { countText, totals } from './totals.ts'

/**
 * What the user reads at the end of a run: what is worse than the baseline, what keeps it from exit 0, the table, what
 * is known not to be so, the totals. Everything else is in the report.
 */
export function consoleReport(results: Results, options: ConsoleOptions, comparison?: Comparison): string {
  const parts = [
    baselineText(results, options, comparison),
    details(results, options, comparison),
    ...[table, notSoText, stepsText, foldedText, coverageLines].map((part) => part(results, options)),
    totals(results, options, comparison),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
