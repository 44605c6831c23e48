import { resolve, sep } from 'node:path'
import { HarnessError } from '../../errors.ts'
import { ownFolder } from '../../own-folder.ts'
import type { Scenario } from '../../scenario/claim.ts'
import { cellsOf, type CatalogueCell } from './cells.ts'
import { wrongIn } from '../shapes/cell-shape.ts'
import { broken } from './load-scenario.ts'
import { firstLine, framePlace } from '../place/failed-load.ts'
import { fieldPlace } from '../place/field-place.ts'
import { misfits } from '../place/shape.ts'

/** What is wrong with a scenario: a sentence, and the field of the file that it is about. */
interface Fault {
  readonly what: string
  readonly path: readonly string[]
  readonly cause?: unknown
}

/**
 * The cells of a scenario file. A user's file may hold anything: TypeScript is not checked when it runs.
 * Errors: `broken-scenario` (exit 2) with the place in the file.
 */
export async function checkedCells(made: Scenario, file: string): Promise<CatalogueCell[]> {
  const found = cellsOrFault(made)
  if (Array.isArray(found)) {
    const misfit = isOwn(file) ? undefined : misfitOf(made, found)
    if (misfit === undefined) return found
    throw await faulty(file, misfit)
  }
  // What a check stumbled over may have a better name.
  const misfit =
    found.cause === undefined || found.cause instanceof HarnessError ? undefined : misfitOf(made, [])
  throw await faulty(file, misfit ?? found)
}

/** An error of a scenario file, with the place of the field that it is about. */
export async function faulty(file: string, { what, path, cause }: Fault): Promise<HarnessError> {
  const place = framePlace(cause instanceof HarnessError ? undefined : cause)
  return broken(file, what, cause, place ?? (await fieldPlace(resolve(file), path)))
}

/** Those of the project are checked by the compiler. */
export const isOwn = (file: string): boolean => resolve(file).startsWith(`${ownFolder}${sep}suites${sep}`)

function cellsOrFault(made: Scenario): CatalogueCell[] | Fault {
  try {
    const cells = cellsOf(made)
    for (const cell of cells) {
      const wrong = wrongIn(cell)
      if (wrong !== undefined)
        return { what: `${cell.cellId}: ${wrong}.`, path: pathOf(made, cell.claimId, wrong) }
    }
    return cells
  } catch (cause) {
    const what = firstLine(cause)
    if (!(cause instanceof HarnessError))
      return { what: `a claim is broken: ${what}`, path: ['claims'], cause }
    const claimId = Object.keys(made.claims)
      .map((slug) => `${made.id}/${slug}`)
      .find((id) => what.startsWith(`${id}:`))
    return { what, path: pathOf(made, claimId ?? '', what), cause }
  }
}

/** The field that a sentence names first. */
function pathOf(made: Scenario, claimId: string, sentence: string): string[] {
  const field = /`([\w.-]+)`/.exec(sentence)?.[1]?.split('.') ?? []
  return ['claims', claimId.slice(made.id.length + 1), ...field]
}

/** What the types would have told of the scenario as it is, and of the cells that it makes. */
function misfitOf(made: Scenario, cells: readonly CatalogueCell[]): Fault | undefined {
  const { claims, ...head } = made
  const [above] = misfits({ ...head, claims: {} }, 'Scenario')
  if (above !== undefined) return { what: `${said(above.path, above.what)}.`, path: above.path }
  for (const [slug, claim] of Object.entries(claims)) {
    const [worst] = misfits(claim, 'Claim')
    if (worst !== undefined)
      return {
        what: `${made.id}/${slug}: ${said(worst.path, worst.what)}.`,
        path: ['claims', slug, ...worst.path],
      }
  }
  for (const { claimId, cellId, claim, cell } of cells) {
    const [worst] = 'axes' in claim ? misfits({ says: claim.says, ...cell }, 'Claim') : []
    if (worst !== undefined)
      return {
        what: `${cellId}: ${said(worst.path, worst.what)}.`,
        path: ['claims', claimId.slice(made.id.length + 1), ...worst.path],
      }
  }
  return undefined
}

const said = (path: readonly string[], what: string): string =>
  `${path.length === 0 ? 'the claim' : `\`${path.join('.')}\``} ${what}`
