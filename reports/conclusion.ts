import type { Results } from './schema.ts'
import { contradicts, gapsOf, standingOf } from './verdicts.ts'
import type { Gap, Standing } from './verdicts.ts'

/** What a run comes to. */
export interface Conclusion {
  /** 0 all as promised or as declared · 1 undeclared or stale · 3 not enough was found out to say. */
  readonly exit: 0 | 1 | 3
  /** Short reasons, the ones for 3 first; one friendly sentence when the exit is 0. */
  readonly reasons: readonly string[]
}

const gapWords: Readonly<Record<Gap['what'], [string, string]>> = {
  missing: ['cell has no result', 'cells have no result'],
  twice: ['cell has more than one result', 'cells have more than one result'],
  unknown: ['result belongs to no listed cell', 'results belong to no listed cell'],
}

/** Pure. A run without a single result, or without a cell that applies, has shown nothing, which is 3. */
export function conclude(results: Results): Conclusion {
  const standings = Map.groupBy(results.results, standingOf)
  const count = (standing: Standing) => standings.get(standing)?.length ?? 0
  const unsure: string[] = []
  if (results.run.interrupted !== undefined)
    unsure.push(`the run was interrupted: ${results.run.interrupted}`)
  if (results.results.length === 0) unsure.push('there is no result')
  for (const [what, gaps] of Map.groupBy(gapsOf(results), (gap) => gap.what)) {
    unsure.push(plural(gaps.length, ...gapWords[what]))
  }
  if (results.results.length > 0 && count('not-applicable') === results.results.length)
    unsure.push('no cell applies')
  const odd = results.results.filter(contradicts).length
  if (odd > 0)
    unsure.push(
      plural(odd, 'verdict does not follow from its checks', 'verdicts do not follow from their checks'),
    )
  if (count('inconclusive') > 0) unsure.push(`${String(count('inconclusive'))} inconclusive`)
  const broken: string[] = []
  if (count('undeclared') > 0) {
    broken.push(plural(count('undeclared'), 'undeclared fail or drift', 'undeclared fails or drifts'))
  }
  if (count('stale') > 0) broken.push(plural(count('stale'), 'stale declaration', 'stale declarations'))
  const reasons = [...unsure, ...broken]
  if (reasons.length === 0) return { exit: 0, reasons: [good(count('as-declared'))] }
  return { exit: unsure.length > 0 ? 3 : 1, reasons }
}

/** The exit status of a run, 3 before 1. */
export const exitCode = (results: Results): 0 | 1 | 3 => conclude(results).exit

const plural = (count: number, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`
const good = (declared: number): string =>
  declared === 0
    ? 'everything is as promised'
    : `everything is as promised or as declared (${plural(declared, 'known deviation', 'known deviations')})`
