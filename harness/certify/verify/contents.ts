import type { z } from 'zod'
import { parseResults, ReportError } from '../../../reports/index.ts'
import { Results } from '../../../reports/schema.ts'
import { HarnessError } from '../../errors.ts'
import { hasFewParts } from '../../gathered/few-parts.ts'
import { lostField, saysOnce } from '../../gathered/written-once.ts'
import { badBundle, type Bundle } from '../bundle.ts'
import { Certificate } from '../certificate.ts'
import { bundleVersion, files } from '../layout.ts'
import { parseProduct, type Product } from '../product.ts'
import { CatalogueList } from '../profile.ts'
import type { Findings } from './findings.ts'
import type { Integrity } from './integrity.ts'

/** The documents of a bundle. */
export interface Contents {
  readonly certificate: Certificate
  readonly catalogue: CatalogueList
  readonly results: Results
  readonly product: Product
}

/**
 * Reads the documents of a bundle. Undefined where one cannot be read because it was changed or is missing, which was
 * told already. Errors: `bad-bundle` (exit 2) where one is as the manifest says and yet is none, or is of a later
 * version.
 */
export async function readContents(
  bundle: Bundle,
  where: string,
  { intact }: Integrity,
  findings: Findings,
): Promise<Contents | undefined> {
  const read = async <T>(path: string, parse: (text: string) => T): Promise<T | undefined> => {
    try {
      const bytes = await bundle.read(path)
      if (!hasFewParts(bytes)) throw badBundle(where, `${path} has more parts than a document can have`)
      return parse(bytes.toString())
    } catch (error) {
      if (!intact.has(path)) return undefined
      if (error instanceof HarnessError && error.code === 'bad-bundle') throw error
      const known = error instanceof HarnessError || error instanceof ReportError
      throw badBundle(where, known ? error.message.replace(/\.$/, '') : `${path} cannot be read`, error)
    }
  }
  const certificate = await read(files.certificate, (text) => {
    const data = JSON.parse(text) as { formatVersion?: unknown }
    if (Number(data.formatVersion) > bundleVersion)
      throw badBundle(where, `a later etcd-tls made it (version ${String(data.formatVersion)} of the format)`)
    return Certificate.parse(data)
  })
  const catalogue = await read(files.catalogue, (text) => CatalogueList.parse(JSON.parse(text)))
  const results = await read(files.results, (text) => parseResults(text, files.results))
  const product = await read(files.product, (text) => parseProduct(text, files.product))
  if (!certificate || !catalogue || !results || !product) return undefined
  for (const [path, known] of [
    [files.certificate, Certificate],
    [files.catalogue, CatalogueList],
    [files.results, Results],
  ] as const)
    if (intact.has(path)) checkReadWhole(path, (await bundle.read(path)).toString(), known, findings)
  return { certificate, catalogue, results, product }
}

/** What a person reads in a document must be what is checked: nothing that no reader knows, and nothing twice. */
function checkReadWhole(path: string, text: string, known: z.ZodType, findings: Findings): void {
  const data: unknown = JSON.parse(text)
  const lost = lostField(data, known.parse(data))
  if (lost !== undefined) findings.wrong(path, `it has a field that is not checked: ${lost}`)
  // What is deeper than any document was lost already.
  else if (!saysOnce(text, data)) findings.wrong(path, 'it says something twice')
}
