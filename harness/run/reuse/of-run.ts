import { join } from 'node:path'
import { writeAllure } from '../../../reports/index.ts'
import type { CellResult, Results } from '../../../reports/schema.ts'
import type { Subject } from '../../subject/subject.ts'
import { sectionOf } from '../catalogue/cells.ts'
import type { RunOptions, SinceLastGood } from '../events.ts'
import { onlyIds } from '../catalogue/only.ts'
import type { Plan } from '../plan.ts'
import { earlierRuns } from './earlier-runs.ts'
import { LastGood } from './reusable.ts'
import { Reuse } from './reuse.ts'

/**
 * What a run need not play again; undefined where nobody asked. Copies its evidence.
 * Errors (exit 2): HarnessError `earlier-missing`; ReportError.
 */
export async function reuseOf(
  { sinceLastGood, out, onEvent }: RunOptions,
  { cells }: Pick<Plan, 'cells'>,
  subjects: readonly Subject[],
  harness: string,
): Promise<Reuse | undefined> {
  if (sinceLastGood === undefined) return undefined
  const note = (text: string): void => onEvent({ kind: 'note', text })
  const { path, again } = sinceLastGood
  const runs = await earlierRuns(path, harness, note)
  const lastGood = new LastGood(runs, harness)
  const isAgain = again.length === 0 ? () => false : onlyIds(again)
  const reuse = await Reuse.of(cells, subjects, lastGood, { out, again: isAgain })
  note(reuseText(reuse.results, cells.length * subjects.length))
  const sections = new Map(cells.map((cell) => [cell.cellId, sectionOf(cell)]))
  for (const result of reuse.results)
    onEvent({ kind: 'result', result, section: sections.get(result.cell) ?? '' })
  return reuse
}

/** `since the last good run: 46 of 48 results are reused, 2 do not apply, nothing is played`. */
function reuseText(found: readonly CellResult[], all: number): string {
  const reused = found.filter((one) => one.reused !== undefined).length
  const outside = found.length - reused
  const played = all - found.length
  return [
    `since the last good run: ${String(reused)} of ${String(all)} results are reused`,
    ...(outside === 0 ? [] : [`${String(outside)} do not apply`]),
    played === 0 ? 'nothing is played' : `${String(played)} are played`,
  ].join(', ')
}

/** As they were typed. */
export const reuseWords = (sinceLastGood: SinceLastGood | undefined): string[] =>
  sinceLastGood === undefined
    ? []
    : [
        '--since-last-good',
        ...(sinceLastGood.path === undefined ? [] : [sinceLastGood.path]),
        ...sinceLastGood.again.flatMap((glob) => ['--again', glob]),
      ]

/** Allure results of what no test played. */
export function writeReused(results: Results, reuse: Reuse | undefined, out: string): void {
  if (reuse === undefined) return
  const own = results.results.filter(({ subject, cell }) => reuse.result(subject, cell) !== undefined)
  writeAllure({ ...results, results: own }, join(out, 'allure-results'))
}
