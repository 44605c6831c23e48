import { styleText } from 'node:util'
import { claimRecord } from '../run/catalogue/records.ts'
import { notApplicable } from '../run/release/applicability.ts'
import { cellsOf, type CatalogueCell } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { checkGlobs, onlyIds } from '../run/catalogue/only.ts'
import { parseSubjects } from '../subject/parse.ts'
import { plural } from './plural.ts'
import { expectedBuild, type ExpectedBuild } from './expected-build.ts'

export interface ListOptions {
  readonly json?: true
  readonly etcd: readonly string[]
  readonly only: readonly string[]
}

/** The text of the list. Errors: HarnessError with exit 2. */
export async function list(files: readonly string[], { json, etcd, only }: ListOptions): Promise<string> {
  const builds = parseSubjects(etcd).map(expectedBuild)
  const scenarios = await loadCatalogue(files.length > 0 ? files : undefined)
  const all = scenarios.flatMap(cellsOf)
  checkGlobs(only, all)
  const claims = [...Map.groupBy(all.filter(onlyIds(only)), ({ claimId }) => claimId).values()]
  const listed = claims.map((cells) => entry(cells, builds))
  return json === true ? `${JSON.stringify(listed, null, 2)}\n` : asText(listed)
}

type Entry = ReturnType<typeof entry>

function entry(cells: readonly CatalogueCell[], builds: readonly ExpectedBuild[]) {
  const record = claimRecord(cells)
  const withApplies = cells.map((cell) => ({
    id: cell.cellId,
    at: cell.at,
    ...(builds.length > 0 && { applies: applies(cell, record.section, builds) }),
  }))
  return { ...record, cells: withApplies }
}

/** By subject: true, or why the cell is not asked of it. */
type Applies = Readonly<Record<string, true | string>>

const applies = ({ cell }: CatalogueCell, section: string, builds: readonly ExpectedBuild[]): Applies =>
  Object.fromEntries(builds.map((build) => [build.asked, notApplicable(section, cell, build) ?? true]))

function asText(claims: readonly Entry[]): string {
  const sections = Map.groupBy(claims, ({ section }) => section)
  const blocks = [...sections].map(([section, inIt]) =>
    [styleText('bold', section), ...inIt.flatMap(lines)].join('\n'),
  )
  const cells = claims.reduce((sum, claim) => sum + claim.cells.length, 0)
  return `${blocks.join('\n\n')}\n\n${plural(claims.length, 'claim')}, ${plural(cells, 'cell')}\n`
}

function lines({ id, says, cells }: Entry): string[] {
  const slug = id.slice(id.lastIndexOf('/') + 1)
  const points = cells.map(
    ({ id: cell, applies: by }) => `      ${cell.slice(id.length + 1) || '(one cell)'}${reasons(by)}`,
  )
  const told = cells.some(({ id: cell, applies: by }) => cell !== id || reasons(by) !== '')
  return [`  ${slug}`, `    ${says}`, ...(told ? points : [])]
}

const reasons = (by: Applies = {}): string =>
  Object.entries(by)
    .filter(([, reason]) => reason !== true)
    .map(([subject, reason]) => `  [${subject}: ${String(reason)}]`)
    .join('')
