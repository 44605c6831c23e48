import { badText, excusedCount } from './baseline/verdict.ts'
import type { Comparison } from './baseline/comparison.ts'
import type { Results } from './schema.ts'
import { shardText } from './shards.ts'
import { contradicts, gapsOf, standingOf } from './verdicts.ts'
import type { Gap, Standing } from './verdicts.ts'

/** What a run comes to. */
export interface Conclusion {
  /**
   * 0 all as promised or as declared · 1 undeclared or stale; with a baseline: worse than it · 3 not enough was found
   * out to say.
   */
  readonly exit: 0 | 1 | 3
  /** Short reasons, the ones for 3 first; one friendly sentence when the exit is 0. */
  readonly reasons: readonly string[]
}

const gapWords: Readonly<Record<Gap['what'], [string, string]>> = {
  missing: ['cell has no result', 'cells have no result'],
  twice: ['cell has more than one result', 'cells have more than one result'],
  unknown: ['result belongs to no listed cell', 'results belong to no listed cell'],
}

/**
 * Pure. A run without a single result, or without a cell that applies, has shown nothing, which is 3, whatever it is
 * compared with.
 */
export function conclude(results: Results, comparison?: Comparison): Conclusion {
  const idle = idleShard(results)
  if (idle !== undefined) return { exit: 0, reasons: [idle] }
  const standings = Map.groupBy(results.results, standingOf)
  const count = (standing: Standing) => standings.get(standing)?.length ?? 0
  const unsure = unsureText(results, count)
  const broken = comparison === undefined || comparison.strict ? brokenText(count) : []
  const since = comparison === undefined ? [] : badText(comparison)
  const reasons = [...unsure, ...since, ...broken]
  if (reasons.length > 0) return { exit: unsure.length > 0 ? 3 : 1, reasons }
  const excused = comparison === undefined ? 0 : excusedCount(results)
  const reason = good(count('as-declared'), comparison, excused)
  return {
    exit: 0,
    reasons: [`${ofShard(results)}${reason}${isPart(results) ? ', of the cells asked for' : ''}`],
  }
}

/** Why not enough was found out. */
function unsureText(results: Results, count: (standing: Standing) => number): string[] {
  const unsure: string[] = []
  if (results.run.interrupted !== undefined)
    unsure.push(`the run was interrupted: ${results.run.interrupted}`)
  unsure.push(...(results.missing ?? []))
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
  return unsure
}

/** What is neither as promised nor as declared. */
function brokenText(count: (standing: Standing) => number): string[] {
  const broken: string[] = []
  if (count('undeclared') > 0) {
    broken.push(plural(count('undeclared'), 'undeclared fail or drift', 'undeclared fails or drifts'))
  }
  if (count('stale') > 0) broken.push(plural(count('stale'), 'stale declaration', 'stale declarations'))
  return broken
}

/** A shard speaks for itself only. */
const ofShard = ({ shard }: Results): string => (shard === undefined ? '' : `${shardText(shard)}: `)

/** It was asked for some cells only, or for scenario files of somebody's own. */
export const isPart = ({ run }: Pick<Results, 'run'>): boolean =>
  run.only !== undefined || run.files !== undefined

/** A part of a divided run that was given no cell has done all it had to. */
function idleShard({ shard, results, claims, run, missing = [] }: Results): string | undefined {
  if (shard === undefined || shard.cells[shard.index - 1]?.length !== 0) return undefined
  const isIdle =
    [results, claims, missing].every(({ length }) => length === 0) && run.interrupted === undefined
  return isIdle ? `${shardText(shard)} has no cells` : undefined
}

/** The exit status of a run, 3 before 1. */
export const exitCode = (results: Results): 0 | 1 | 3 => conclude(results).exit

const plural = (count: number, one: string, many: string): string =>
  `${String(count)} ${count === 1 ? one : many}`

function good(declared: number, comparison: Comparison | undefined, excused: number): string {
  const known = plural(declared, 'known deviation', 'known deviations')
  if (comparison === undefined || excused === 0) {
    const all =
      declared === 0 ? 'everything is as promised' : `everything is as promised or as declared (${known})`
    return comparison === undefined ? all : `${all}, and nothing is worse than in the baseline`
  }
  const others = plural(excused, 'is not as promised or declared', 'are not as promised or declared')
  return `nothing is worse than in the baseline, but ${others}`
}
