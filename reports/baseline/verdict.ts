import type { Results } from '../schema.ts'
import { standingOf } from '../verdicts.ts'
import { changes, changeWords } from './comparison.ts'
import type { CellChange, Comparison } from './comparison.ts'

/** A cell that keeps the run from exit 0: what got worse, or, strictly, what is another than it was. */
export const counts = ({ strict }: Pick<Comparison, 'strict'>, { worse, change }: CellChange): boolean =>
  worse || (strict && change !== 'unchanged' && change !== 'new')

/** Reasons for exit 1, the worst first: `1 regressed since the baseline`. */
export function badText(comparison: Comparison): string[] {
  const bad = comparison.columns.flatMap(({ cells }) => cells.filter((one) => counts(comparison, one)))
  return changes.flatMap((change) => {
    const count = bad.filter((one) => one.change === change).length
    if (count === 0) return []
    const what = change === 'new' ? 'new and not as promised' : `${changeWords[change]} since the baseline`
    return [`${String(count)} ${what}`]
  })
}

/** How many results are neither as promised nor as declared and nonetheless not worse than the baseline. */
export const excusedCount = ({ results }: Results): number =>
  results.filter((one) => ['undeclared', 'stale'].includes(standingOf(one))).length
