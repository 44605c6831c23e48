import { glob } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import type { ClaimRecord } from '../../reports/schema.ts'
import { pages } from '../../fixtures/pages.ts'
import { inputError } from '../errors.ts'
import { ownFolder } from '../own-folder.ts'
import { checkedCells, faulty, isOwn } from './checked-cells.ts'
import { loadScenario } from './load-scenario.ts'
import type { Axes, Cell, Claim, Matrix, Scenario, Versions } from '../scenario/claim.ts'

/** What a build is certified for: `core` is part of `extended`, which is everything. */
export type Profile = NonNullable<ClaimRecord['profile']>

/** A claim at one point of its matrix. */
export interface CatalogueCell {
  /** `page/section/slug`. */
  readonly claimId: string
  /** `page/section/slug:axis=value,axis=value`, axes sorted; the claim's id where it has no axes. */
  readonly cellId: string
  readonly at: Readonly<Record<string, string>>
  /** The narrowest profile of a certification that it belongs to. */
  readonly profile: Profile
  readonly claim: Claim
  readonly cell: Cell
}

/** The section a cell belongs to: `page/section`. */
export const sectionOf = ({ claimId }: Pick<CatalogueCell, 'claimId'>): string =>
  claimId.slice(0, claimId.lastIndexOf('/'))

const suites = join(ownFolder, 'suites')
/** TypeScript in the checkout, JavaScript in a package. */
const pattern = `**/*.scenario${extname(import.meta.filename)}`

/** Paths of the project's own scenario files, sorted. */
export async function suiteFiles(): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(pattern, { cwd: suites })) files.push(resolve(suites, file))
  return files.sort()
}

/**
 * Loads scenario files; default the project's own. `edition`: of the modules, see `loadScenario`.
 * Errors: HarnessError `broken-scenario` (exit 2) naming the file.
 */
export async function loadCatalogue(files?: readonly string[], edition = ''): Promise<Scenario[]> {
  const scenarios: Scenario[] = []
  const seen = new Declared()
  for (const file of files ?? (await suiteFiles())) {
    const made = await loadScenario(file, edition)
    const taken = edition === '' && !isOwn(file) ? await takenIds(made) : new Set()
    for (const cell of await checkedCells(made, file)) {
      const clash = taken.has(cell.claimId)
        ? { what: `${cell.claimId} is a claim of the project; give yours another name.` }
        : seen.add(cell, file)
      if (clash === undefined) continue
      const path = [
        'claims',
        cell.claimId.slice(made.id.length + 1),
        ...('field' in clash ? (clash.field ?? []) : []),
      ]
      throw await faulty(file, { what: clash.what, path })
    }
    scenarios.push(made)
  }
  return scenarios
}

/** Ids of the project's own claims, where a stranger's section is one of its pages. */
async function takenIds({ id }: Scenario): Promise<ReadonlySet<string>> {
  if (!Object.hasOwn(pages, id.split('/', 1)[0] ?? '')) return new Set()
  return new Set((await loadCatalogue()).flatMap(cellsOf).map(({ claimId }) => claimId))
}

/** What was declared so far, and where: files may share a section and a claim, but not a cell. */
class Declared {
  readonly #cells = new Map<string, string>()
  readonly #claims = new Map<string, Pick<CatalogueCell, 'profile'> & { says: string; file: string }>()

  /** What keeps a cell from being declared, and the field that it is about; both files are named. */
  add({ cellId, claimId, profile, claim: { says } }: CatalogueCell, file: string): Clash | undefined {
    const first = this.#claims.get(claimId) ?? { says, file, profile }
    if (first.says !== says)
      return {
        what: `${claimId} says something else than in ${first.file}; give both one \`says\`.`,
        field: ['says'],
      }
    if (first.profile !== profile)
      return {
        what: `${claimId} is ${profile}, but ${first.profile} in ${first.file}; name it in both \`core\`.`,
      }
    const other = this.#cells.get(cellId)
    if (other !== undefined) return { what: `the cell ${cellId} is also declared in ${other}; rename one.` }
    this.#claims.set(claimId, first)
    this.#cells.set(cellId, file)
    return undefined
  }
}

interface Clash {
  readonly what: string
  /** Of the claim. */
  readonly field?: readonly string[]
}

/** Every cell of a scenario, in the order of the file. Errors: HarnessError `broken-scenario` (exit 2). */
export function cellsOf(scenario: Scenario): CatalogueCell[] {
  return Object.entries(scenario.claims).flatMap(([slug, claim]): CatalogueCell[] => {
    const claimId = `${scenario.id}/${slug}`
    if (!/^[a-z0-9][A-Za-z0-9.-]*$/.test(slug))
      throw inputError(
        'broken-scenario',
        `${claimId}: a slug has letters, digits, "." and "-" only, and begins with a small letter or a digit.`,
      )
    const profile = scenario.core?.includes(slug) === true ? 'core' : 'extended'
    if (!isMatrix(claim)) return [{ claimId, cellId: claimId, at: {}, profile, claim, cell: claim }]
    if (Object.values(claim.axes).some(({ length }) => length === 0))
      throw inputError('broken-scenario', `${claimId}: an axis has no values.`)
    return points(claim.axes).map((at) => ({
      claimId,
      cellId: cellId(claimId, at),
      at,
      profile,
      claim,
      cell: { ...versionsOf(claim), ...claim.cell(at) },
    }))
  })
}

function versionsOf({ since, except, until }: Claim): Versions {
  return { ...(since && { since }), ...(except && { except }), ...(until && { until }) }
}

const isMatrix = (claim: Claim): claim is Claim & Matrix => 'axes' in claim

function points(axes: Axes): Record<string, string>[] {
  return Object.entries(axes).reduce<Record<string, string>[]>(
    (sofar, [axis, values]) => sofar.flatMap((at) => values.map((value) => ({ ...at, [axis]: value }))),
    [{}],
  )
}

function cellId(claimId: string, at: Readonly<Record<string, string>>): string {
  const parts = Object.entries(at)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([axis, value]) => `${axis}=${value}`)
  const wrong = parts.find((part) => !/^[A-Za-z0-9.-]+=[A-Za-z0-9.-]+$/.test(part))
  if (wrong !== undefined)
    throw inputError(
      'broken-scenario',
      `${claimId}: "${wrong}" is not an axis: use letters, digits, "." and "-".`,
    )
  return `${claimId}:${parts.join(',')}`
}
