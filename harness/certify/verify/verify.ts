import type { KeyObject } from 'node:crypto'
import type { Results } from '../../../reports/index.ts'
import type { CatalogueCell, Profile } from '../../run/catalogue/cells.ts'
import type { Bundle } from '../bundle.ts'
import type { Certificate } from '../certificate.ts'
import { derivedFiles } from '../compose.ts'
import { knownCatalogues } from '../known-catalogues.ts'
import { besideManifest, files } from '../layout.ts'
import { profileOf, profiles, type CertifiedProfile } from '../profile.ts'
import { toolDigest } from '../tool-digest.ts'
import { checkAsked } from './asked.ts'
import { CellJudge } from './cells.ts'
import { census, checkClaims, type Known } from './census.ts'
import { readContents, type Contents } from './contents.ts'
import { checkDerived, checkDocuments } from './documents.ts'
import { Findings } from './findings.ts'
import { checkIntegrity } from './integrity.ts'
import { checkSignature, type Signed } from './signature.ts'

/** What a bundle is verified against. */
export interface Against {
  /** Today's profile of that name; undefined when there is none. */
  readonly profile: (name: string) => CertifiedProfile | undefined
  readonly key?: KeyObject | undefined
  /** Default: those of the releases of this tool. */
  readonly known?: Known
}

export interface Verified {
  readonly findings: Findings
  /** Undefined where it could not be read. */
  readonly certificate?: Certificate
  readonly signed?: Signed
  /** What the bundle says, where it could be read. */
  readonly results?: Results
  /** The cells that were asked of the build. */
  readonly played: readonly string[]
  /** 0 all as stored and certified · 1 not so · 3 claims were changed since, so that not all could be judged again. */
  readonly exit: 0 | 1 | 3
}

/** The project's own profiles. */
export const profilesOf =
  (all: readonly CatalogueCell[]) =>
  (name: string): CertifiedProfile | undefined =>
    (profiles as readonly string[]).includes(name) ? profileOf(name as Profile, all) : undefined

/**
 * Verifies a bundle, offline: files, signature, documents, cells, and every verdict from its evidence.
 * @param where what the bundle is called in errors
 * Errors: `bad-bundle` (exit 2): it cannot be read.
 */
export async function verifyBundle(bundle: Bundle, where: string, against: Against): Promise<Verified> {
  const findings = new Findings()
  const integrity = await checkIntegrity(bundle, where, findings)
  const signed = await checkSignature(bundle, integrity.manifest, against.key, findings)
  const contents = await readContents(bundle, where, integrity, findings)
  const played = contents === undefined ? [] : await checkContents(bundle, contents, against, findings)
  return {
    ...{ findings, played, exit: findings.problems.length > 0 ? 1 : findings.changed.length > 0 ? 3 : 0 },
    ...(contents && { certificate: contents.certificate, results: contents.results }),
    ...(signed && { signed }),
  }
}

async function checkContents(
  bundle: Bundle,
  contents: Contents,
  { profile, known = knownCatalogues }: Against,
  findings: Findings,
): Promise<string[]> {
  checkDocuments(contents, findings)
  const { certificate, results } = contents
  const isOurs = certificate.tool.sources === (await toolDigest())
  await checkDerived(bundle, contents, isOurs, findings)
  const today = profile(certificate.profile)
  if (today === undefined) {
    findings.wrong(files.certificate, `there is no profile ${JSON.stringify(certificate.profile)}`)
    return []
  }
  const counted = census(contents, today, known, findings)
  checkClaims(contents, counted, findings)
  if (isOurs) checkAsked(contents, today, findings)
  const judge = new CellJudge(bundle, results, findings, isOurs)
  for (const cell of counted.cells) await judge.check(cell)
  for (const cell of counted.gone) judge.leave(cell)
  checkStrays(bundle, contents, judge.expected, findings)
  const asked = new Set(counted.cells.map(({ cell }) => cell.cellId))
  const played = results.results.filter(({ verdict }) => verdict !== 'not-applicable').map(({ cell }) => cell)
  return played.filter((cell) => asked.has(cell))
}

/** Files that the manifest knows, and nothing in the bundle speaks of. */
function checkStrays(
  { paths }: Bundle,
  { certificate, results }: Contents,
  ofCells: ReadonlySet<string>,
  findings: Findings,
): void {
  const { certificate: own, catalogue, product, results: data, publicKey } = files
  const documents = [own, catalogue, product, data, publicKey, ...derivedFiles(certificate, results).keys()]
  const expected = new Set([...ofCells, ...documents, ...besideManifest])
  for (const path of paths)
    if (!expected.has(path)) findings.wrong(path, 'it belongs to nothing in the bundle')
}
