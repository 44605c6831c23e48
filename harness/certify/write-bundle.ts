import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { KeyObject } from 'node:crypto'
import { dirname, join } from 'node:path'
import { parseResults } from '../../reports/index.ts'
import { HarnessError } from '../errors.ts'
import { unpackGathered } from '../gathered/read.ts'
import { gatheredFile } from '../gathered/write.ts'
import { Certificate } from './certificate.ts'
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
  /** Folder of the run: results.json and the evidence. */
  readonly run: string
  readonly key?: KeyObject | undefined
}

/**
 * Writes a bundle into an empty folder, evidence cell by cell; a part of a bundle is not left behind. Errors:
 * HarnessError `out-not-empty` (exit 3) where it is not empty, and nothing is touched; `private-key-in-bundle` (exit 3)
 * naming the file.
 */
export async function writeBundle(folder: string, ingredients: Ingredients): Promise<void> {
  await mkdir(folder, { recursive: true })
  if ((await readdir(folder)).length > 0)
    throw new HarnessError(
      'out-not-empty',
      `Something was written into ${folder} while the build was tested.`,
    )
  try {
    await write(folder, ingredients)
  } catch (error) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
    throw error
  }
}

async function write(folder: string, ingredients: Ingredients): Promise<void> {
  const { catalogue, product, run, key } = ingredients
  // What is derived is derived from what was written, as a reader does it.
  const data = await readFile(join(run, files.results))
  const results = parseResults(data.toString(), files.results)
  const own = json(ingredients.certificate)
  const certificate = Certificate.parse(JSON.parse(own))
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
  await put(files.results, data)
  await put(files.product, product)
  await put(files.certificate, own)
  await put(files.catalogue, json(catalogue))
  for (const [path, text] of derivedFiles(certificate, results)) await put(path, text)
  for (const { evidence } of results.results)
    if (evidence !== undefined) await putEvidence(run, evidence, put)
  if (key !== undefined) await put(files.publicKey, publicPem(key))
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
