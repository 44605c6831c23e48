import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { CellResult, Results } from '../../../reports/index.ts'
import { temporaryFolder, type TemporaryFolder } from '../../engine/temporary.ts'
import { openBundle } from '../archive-read.ts'
import { outcomeOf, type Certificate } from '../certificate.ts'
import { derivedFiles } from '../compose.ts'
import { besideManifest, files, json } from '../layout.ts'
import { manifestText, sha256 } from '../manifest.ts'
import { catalogueDigest, catalogueList, type CatalogueList, type CertifiedProfile } from '../profile.ts'
import { readableFiles } from '../readable.ts'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { readGathered, unpackGathered } from '../../gathered/read.ts'
import type { GatheredRecord } from '../../gathered/record.ts'
import { gatheredFile } from '../../gathered/write.ts'
import { spelt } from '../../run/release/spelling.ts'
import { publicPem, signManifest } from '../sign.ts'
import { toolDigest } from '../tool-digest.ts'
import { verifyBundle, type Verified } from '../verify/verify.ts'
import { miniProfile } from './mini.ts'
import { retold } from './retold.ts'

/**
 * A bundle of version 1 as it was made on 23 November 2026 of etcd 3.6.16, a real run of the profile `mini`. It is
 * never made anew: what it shows is that a later tool still reads it.
 */
export const storedBundle = join(import.meta.dirname, 'bundles/version-1.tgz')

/** The catalogue that it was made with counts as released. */
export const storedCatalogue = '7fc6b7c13602536ba959a277cb4344ea0339dfa33a394eb6772322f6c1d914c6'
export const known = { [storedCatalogue]: { version: '0.1.0', profile: 'mini' } }

/** A copy to lie with: unpacked, changed, made consistent again as far as the liar cares. */
export class Copy implements AsyncDisposable {
  readonly folder: TemporaryFolder
  readonly key: KeyObject = generateKeyPairSync('ed25519').privateKey

  private constructor(folder: TemporaryFolder) {
    this.folder = folder
  }

  /** The stored bundle, as this very tool would have made it, signed by a key of our own. */
  static async unpack(): Promise<Copy> {
    const copy = new Copy(await temporaryFolder('bundle'))
    await using bundle = await openBundle(storedBundle)
    for (const path of bundle.paths) await copy.write(path, await bundle.read(path))
    const sources = await toolDigest()
    const mini = await miniProfile()
    const gathered = async (evidence: string): Promise<GatheredRecord> =>
      unpackGathered(await copy.read(`${evidence}/${gatheredFile}`), evidence)
    const then = JSON.parse((await copy.read(files.results)).toString()) as Results
    await copy.askedToday(then, mini)
    await copy.write(files.results, json(await retold(then, mini, gathered)))
    const list = catalogueList(mini)
    await copy.write(files.catalogue, json(list))
    const tool = { sources, catalogue: catalogueDigest(list) }
    await copy.edit<Certificate>(files.certificate, (one) => ({ ...one, tool: { ...one.tool, ...tool } }))
    await copy.derive()
    await copy.seal()
    return copy
  }

  /** The claims of today ask the same of this build, and of more builds: the evidence names them. */
  async askedToday({ results, subjects }: Results, mini: CertifiedProfile): Promise<void> {
    for (const { cell: id, evidence } of results) {
      const found = mini.cells.find(({ cellId }) => cellId === id)
      if (evidence === undefined || found === undefined) continue
      const digest = claimDigest({ ...found, cell: spelt(found.cell, subjects[0]?.etcd ?? '') })
      const today = (text: string): string => text.replace(/"asked":\s*"[0-9a-f]{64}"/, `"asked":"${digest}"`)
      await this.gathered(evidence.replace(/^evidence\//, ''), today)
    }
  }

  path(path: string): string {
    return join(this.folder.path, path)
  }

  read(path: string): Promise<Buffer> {
    return readFile(this.path(path))
  }

  async write(path: string, content: string | Uint8Array): Promise<void> {
    await mkdir(dirname(this.path(path)), { recursive: true })
    await writeFile(this.path(path), content)
  }

  async edit<T>(path: string, change: (data: T) => T): Promise<void> {
    await this.write(path, json(change(JSON.parse((await this.read(path)).toString()) as T)))
  }

  async results(change: (results: Results) => Results): Promise<void> {
    return this.edit(files.results, change)
  }

  catalogue(change: (list: CatalogueList) => CatalogueList): Promise<void> {
    return this.edit(files.catalogue, change)
  }

  /** Folder of a cell's evidence. */
  async evidenceOf(part: string): Promise<string> {
    const names = await readdir(this.path('evidence'), { recursive: true })
    const found = names.find((name) => name.includes(part) && name.endsWith(gatheredFile))
    if (found === undefined) throw new Error(`no evidence of ${part}`)
    return `evidence/${dirname(found)}`
  }

  /** Changes what was gathered, and the files for people with it. */
  async gathered(part: string, change: (text: string) => string): Promise<void> {
    const folder = await this.evidenceOf(part)
    const text = change(gunzipSync(await this.read(`${folder}/${gatheredFile}`)).toString())
    await this.write(`${folder}/${gatheredFile}`, gzipSync(text))
    for (const [name, file] of readableFiles(readGathered(text, part)))
      await this.write(`${folder}/${name}`, file)
  }

  /** A name of what was gathered stands twice: whoever reads the first of both reads something else. */
  async twice(part: string): Promise<void> {
    const file = `${await this.evidenceOf(part)}/${gatheredFile}`
    const text = gunzipSync(await this.read(file)).toString()
    await this.write(file, gzipSync(text.replace('"run":', '"run":"elsewhere","run":')))
  }

  /** The files that follow from certificate and results. */
  async derive(): Promise<void> {
    const [certificate, results] = await Promise.all([this.read(files.certificate), this.read(files.results)])
    const made = derivedFiles(
      JSON.parse(certificate.toString()) as Certificate,
      JSON.parse(results.toString()) as Results,
    )
    for (const [path, text] of made) await this.write(path, text)
  }

  /** A new manifest over all there is, signed. */
  async seal(publicKey = publicPem(this.key)): Promise<void> {
    await this.write(files.publicKey, publicKey)
    const entries = await readdir(this.folder.path, { recursive: true, withFileTypes: true })
    const digests = new Map<string, string>()
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name).slice(this.folder.path.length + 1)
      if (!besideManifest.includes(path)) digests.set(path, sha256(await this.read(path)))
    }
    const manifest = manifestText(digests)
    await this.write(files.manifest, manifest)
    await this.write(files.signature, signManifest(manifest, this.key))
  }

  /** Signed by cosign, too. */
  async cosign(key: KeyObject): Promise<void> {
    const signature = sign('sha256', await this.read(files.manifest), key)
    await this.write(files.cosign, signature.toString('base64'))
  }

  /** Makes all that follows agree with the results and the catalogue, and signs. */
  async agree(): Promise<void> {
    const results = JSON.parse((await this.read(files.results)).toString()) as Results
    const list = JSON.parse((await this.read(files.catalogue)).toString()) as CatalogueList
    await this.edit<Certificate>(files.certificate, (one) => ({
      ...one,
      outcome: outcomeOf(results),
      tool: { ...one.tool, catalogue: catalogueDigest(list) },
    }))
    await this.derive()
    await this.seal()
  }

  async told(): Promise<{ exit: number; problems: readonly string[]; changed: readonly string[] }> {
    const { exit, findings } = await this.verify()
    return { exit, problems: findings.problems, changed: findings.changed }
  }

  remove(path: string): Promise<void> {
    return rm(this.path(path), { recursive: true })
  }

  verify(key?: KeyObject): Promise<Verified> {
    return verifyStored(this.folder.path, key)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.folder[Symbol.asyncDispose]()
  }
}

/** Verifies with the profile `mini` of today. */
export async function verifyStored(path: string, key?: KeyObject): Promise<Verified> {
  const mini = await miniProfile()
  await using bundle = await openBundle(path)
  return await verifyBundle(bundle, path, {
    profile: (name) => (name === 'mini' ? mini : undefined),
    key,
    known,
  })
}

/** Results with each cell changed, dropped or multiplied. */
export const cellsOf =
  (change: (cell: CellResult) => CellResult | CellResult[]) =>
  (results: Results): Results => ({ ...results, results: results.results.flatMap(change) })

/** Changes one cell. */
export const only =
  (cell: string, change: Partial<CellResult>) =>
  (one: CellResult): CellResult =>
    one.cell === cell ? { ...one, ...change } : one
