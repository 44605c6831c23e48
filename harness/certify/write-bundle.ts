import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Results } from '../../reports/index.ts'
import { HarnessError } from '../errors.ts'
import { unpackGathered } from '../gathered/read.ts'
import { gatheredFile } from '../gathered/write.ts'
import type { Certificate } from './certificate.ts'
import { derivedFiles } from './compose.ts'
import { files, json } from './layout.ts'
import { manifestText, sha256 } from './manifest.ts'
import { privateKeyIn } from './private-keys.ts'
import type { CatalogueList } from './profile.ts'
import { readableFiles } from './readable.ts'
import { publicPem, signManifest } from './sign.ts'

/** What a bundle is made of. */
export interface Ingredients {
  readonly certificate: Certificate
  readonly catalogue: CatalogueList
  /** `product.yaml`, byte by byte. */
  readonly product: string
  readonly results: Results
  /** Folder of the run: results.json and the evidence. */
  readonly run: string
  readonly key?: KeyObject | undefined
}

/**
 * Writes a bundle into a folder, evidence cell by cell. Errors: HarnessError `private-key-in-bundle` (exit 3) naming
 * the file, before it is written.
 */
export async function writeBundle(folder: string, ingredients: Ingredients): Promise<void> {
  const { certificate, catalogue, product, results, run, key } = ingredients
  const digests = new Map<string, string>()
  const put = async (path: string, content: string | Uint8Array): Promise<void> => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const found = privateKeyIn(bytes)
    if (found !== undefined)
      throw new HarnessError(
        'private-key-in-bundle',
        `${path} would hold ${found}; the bundle was not finished.`,
      )
    digests.set(path, sha256(bytes))
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  await put(files.results, await readFile(join(run, files.results)))
  await put(files.product, product)
  await put(files.certificate, json(certificate))
  await put(files.catalogue, json(catalogue))
  for (const [path, text] of derivedFiles(certificate, results)) await put(path, text)
  for (const { evidence } of results.results)
    if (evidence !== undefined) await putEvidence(run, evidence, put)
  if (key !== undefined) await put(files.publicKey, publicPem(createPublicKey(key)))
  const manifest = manifestText(digests)
  await writeFile(join(folder, files.manifest), manifest)
  if (key !== undefined) await writeFile(join(folder, files.signature), signManifest(manifest, key))
}

/** A cell that the harness did not finish has gathered nothing. */
async function putEvidence(
  run: string,
  evidence: string,
  put: (path: string, content: string | Uint8Array) => Promise<void>,
): Promise<void> {
  const path = `${evidence}/${gatheredFile}`
  const bytes = await readFile(join(run, path)).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  })
  if (bytes === undefined) return
  await put(path, bytes)
  for (const [name, text] of readableFiles(unpackGathered(bytes, path)))
    await put(`${evidence}/${name}`, text)
}
