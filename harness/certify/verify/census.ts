import { isDeepStrictEqual } from 'node:util'
import type { CellResult } from '../../../reports/index.ts'
import type { CatalogueCell } from '../../run/catalogue/cells.ts'
import { claimRecord } from '../../run/catalogue/records.ts'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { files } from '../layout.ts'
import { catalogueDigest, catalogueList, type CertifiedProfile } from '../profile.ts'
import type { StoredCell } from './cells.ts'
import type { Contents } from './contents.ts'
import type { Findings } from './findings.ts'

/** Catalogues that a released version had, by digest. */
export type Known = Readonly<Record<string, { readonly version: string; readonly profile: string }>>

export interface Census {
  readonly cells: readonly StoredCell[]
  readonly gone: ReadonlySet<string>
}

/**
 * Which cells there must be, and which there are: those of today's profile, each once. A bundle of a released version
 * may lack what came since. @returns the cells that can be judged again, and those whose claim is gone.
 */
export function census(
  { catalogue, results }: Contents,
  today: CertifiedProfile,
  known: Known,
  findings: Findings,
): Census {
  const released = known[catalogueDigest(catalogue)]
  const isReleased = released?.profile === catalogue.profile
  const gone = new Set<string>()
  const now = new Map(today.cells.map((cell) => [cell.cellId, cell]))
  const stored = new Map(catalogue.cells.map(({ cell, digest }) => [cell, digest]))
  if (stored.size !== catalogue.cells.length) findings.wrong(files.catalogue, 'a cell stands in it twice')
  const isSame = catalogueDigest(catalogue) === catalogueDigest(catalogueList(today))
  if (!isSame && isReleased) findings.note(`The bundle asks what version ${released.version} asked.`)
  for (const cell of now.keys()) {
    if (stored.has(cell)) continue
    if (isReleased) findings.note(`${cell} came since.`)
    else findings.wrong(cell, `it is missing from the profile ${today.name}`)
  }
  for (const cell of stored.keys()) {
    if (now.has(cell)) continue
    if (isReleased) findings.since(cell, 'the claim was taken out since')
    if (isReleased) gone.add(cell)
    else findings.wrong(cell, `it is no cell of the profile ${today.name}`)
  }
  const found = Map.groupBy(results.results, ({ cell }) => cell)
  for (const [cell, all] of found) {
    if (!stored.has(cell)) findings.wrong(cell, `it has a result, but stands not in ${files.catalogue}`)
    if (all.length > 1) findings.wrong(cell, `it has ${String(all.length)} results`)
  }
  const cells = [...stored].flatMap(([cell, digest]) => {
    const [result] = found.get(cell) ?? []
    if (result === undefined) findings.wrong(cell, 'it has no result')
    const asked = now.get(cell)
    return result === undefined || asked === undefined ? [] : [{ cell: asked, digest, result }]
  })
  return { cells, gone }
}

/** What the results say of the claims, against the catalogue; of claims that are the same today. */
export function checkClaims({ results }: Contents, { cells, gone }: Census, findings: Findings): void {
  const left = results.claims.map((claim) => ({
    ...claim,
    cells: claim.cells.filter(({ id }) => !gone.has(id)),
  }))
  const listed = new Map(left.filter((claim) => claim.cells.length > 0).map((claim) => [claim.id, claim]))
  const claims = Map.groupBy(cells, ({ cell }) => cell.claimId)
  for (const [id, all] of claims) {
    const claim = listed.get(id)
    if (claim === undefined) findings.wrong(id, `${files.results} do not describe it`)
    else if (all.some(({ cell, digest }) => claimDigest(cell) !== digest)) continue
    else if (!sameClaim(claim, all))
      findings.wrong(id, `${files.results} describe it otherwise than the catalogue`)
  }
  for (const id of listed.keys())
    if (!claims.has(id)) findings.wrong(id, `${files.results} describe a claim that is not asked`)
  const { subjects } = results
  const odd = (result: CellResult): boolean => result.subject !== subjects[0]?.name
  for (const result of results.results)
    if (odd(result)) findings.wrong(result.cell, `its result is of ${result.subject}`)
}

function sameClaim(claim: Contents['results']['claims'][number], all: readonly StoredCell[]): boolean {
  const { id, says, page, section, since, except, until } = claimRecord(
    all.map(({ cell }): CatalogueCell => cell),
  )
  const words = { id, says, page, section, since, except, until }
  const stored = {
    ...{ id: claim.id, says: claim.says, page: claim.page, section: claim.section },
    ...{ since: claim.since, except: claim.except, until: claim.until },
  }
  const cells = new Set(claim.cells.map((cell) => cell.id))
  return (
    isDeepStrictEqual(words, stored) &&
    all.every(({ cell }) => cells.has(cell.cellId)) &&
    cells.size === all.length
  )
}
