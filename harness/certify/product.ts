import { LineCounter, parseDocument, isMap, isScalar, type Document } from 'yaml'
import { z } from 'zod'
import { inputError, type HarnessError } from '../errors.ts'
import { nearestTo } from '../nearest.ts'

const text = (most = 200): z.ZodString =>
  z
    .string('write it as text, in quotes')
    .trim()
    .min(1, 'it is empty')
    .max(most, `it is longer than ${String(most)} characters`)
    .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u, 'it holds a control character')

/** What the vendor says of the product. */
export const Product = z.strictObject({
  vendor: text(),
  product: text(),
  /** The product's own, as text. */
  version: text(),
  /** Who answers questions about the certificate: a mail address or a URL. */
  contact: text().regex(/^(https?:\/\/\S+|[^\s@]+@[^\s@]+)$/, 'write a mail address or a URL'),
  website: text()
    .regex(/^https?:\/\/\S+$/, 'write a URL')
    .optional(),
  description: text(1000).optional(),
  /** etcd version that the product carries; the build must say the same of itself. */
  etcd: text()
    .regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/, 'write a version like 3.6.16')
    .optional(),
})
export type Product = z.infer<typeof Product>

/** Reads the product's data. Errors: `bad-product` (exit 2), one sentence naming file, line and field. */
export function parseProduct(source: string, file: string): Product {
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, stringKeys: true })
  const [error] = [...document.errors, ...document.warnings]
  if (error !== undefined) {
    const what = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? ''
    throw bad(file, error.linePos?.[0].line, `it is not YAML: ${what}`)
  }
  const parsed = Product.safeParse(plain(document, file))
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  // A misspelt field is missing, too: the slip is what the vendor wants to hear of.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  if (issue === undefined) throw bad(file, 1, 'it is not valid')
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = unknown ?? issue.path.join('.')
  const place = placeOf(document, field)
  return fail(file, place === undefined ? undefined : lines.linePos(place).line, field, issue, unknown)
}

/** Anchors are for documents that repeat themselves; this one does not, and they may grow without end. */
function plain(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (cause) {
    throw inputError('bad-product', `${file}: write it without anchors and aliases (& and *).`, cause)
  }
}

function fail(
  file: string,
  line: number | undefined,
  field: string,
  issue: z.core.$ZodIssue,
  unknown: string | undefined,
): never {
  const names = Object.keys(Product.shape)
  if (unknown !== undefined)
    throw bad(
      file,
      line,
      `there is no field ${JSON.stringify(unknown)}${nearestTo(unknown, names)}; there are ${names.join(', ')}`,
    )
  if (field === '') throw bad(file, 1, `write it as fields: ${names.join(', ')}`)
  if (line === undefined) throw bad(file, undefined, `the field ${field} is missing`)
  throw bad(file, line, `${field}: ${issue.message}`)
}

/** Where a field stands; undefined where it is not there. */
function placeOf({ contents }: Document, field: string): number | undefined {
  if (!isMap(contents)) return undefined
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === field)
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}

const bad = (file: string, line: number | undefined, what: string): HarnessError =>
  inputError('bad-product', `${file}${line === undefined ? '' : `, line ${String(line)}`}: ${what}.`)
