import { inputError } from '../errors.ts'
import type { CatalogueCell } from '../run/catalogue/cells.ts'
import type { RunOptions } from '../run/events.ts'
import { checkGlobs } from '../run/catalogue/only.ts'
import { checkEarlier } from '../run/reuse/earlier-runs.ts'

/** As it was typed. */
export interface SinceLastGoodOptions {
  /** A path, or true for the usual folder. */
  readonly sinceLastGood?: string | true
  /** Globs of cells that are played all the same. */
  readonly again: readonly string[]
}

/** Errors (exit 2): HarnessError `again-alone`, `nothing-matches`, `earlier-missing`; ReportError. */
export async function checkedReuse(
  { sinceLastGood, again }: SinceLastGoodOptions,
  cells: readonly CatalogueCell[],
): Promise<Pick<RunOptions, 'sinceLastGood'>> {
  if (sinceLastGood === undefined) {
    if (again.length > 0)
      throw inputError('again-alone', '--again goes with --since-last-good; without it every cell is played.')
    return {}
  }
  checkGlobs(again, cells, '--again')
  if (sinceLastGood === true) return { sinceLastGood: { again } }
  await checkEarlier(sinceLastGood)
  return { sinceLastGood: { path: sinceLastGood, again } }
}
