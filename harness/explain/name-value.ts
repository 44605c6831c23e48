import { inGo } from '../../fixtures/go-certificates.ts'
import type { Der } from '../../fixtures/pki/der.ts'
import { bytes, item, items, objectId } from './asn1.ts'

/** An attribute of a subject or an issuer (RFC 5280 4.1.2.4). */
export interface Attribute {
  readonly id: string
  /** What Go reads in its value; undefined where it does not read it. */
  readonly text: string | undefined
  /** Name of the kind of string (X.680), or the number of its tag. */
  readonly kind: string
  /** It is the first of its set. */
  readonly first: boolean
}

const kinds: Readonly<Record<number, string>> = {
  12: 'UTF8String',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  28: 'UniversalString',
  30: 'BMPString',
}

/** The common names of a subject, as a release of Go reads them; the last one counts (`FillFromRDNSequence`, crypto/x509/pkix). */
export const commonNamesIn = (
  { names }: { readonly names: readonly Attribute[] },
  go: string,
): readonly string[] =>
  names.flatMap(({ id, kind, text, first }) => {
    if (id !== '2.5.4.3' || text === undefined) return []
    if (!first && !inGo('all of a set is read', go)) return []
    if (kind === 'NumericString' && !inGo('a NumericString is read', go)) return []
    if (kind === 'BMPString' && !inGo('a BMPString is read', go)) return []
    // What is no UTF-8 is none of the names that can be typed.
    const latin = kind === 'TeletexString' && !inGo('TeletexString is Latin-1', go)
    return [latin ? text.replaceAll(/[\x80-\xff]/g, '\ufffd') : text]
  })

export const attributesOf = (name: Der): readonly Attribute[] =>
  items(name).flatMap((set) =>
    items(set).map((one, n) => {
      const tag = Number(item(one, 1).type)
      return {
        id: objectId(item(one, 0)),
        first: n === 0,
        kind: kinds[tag] ?? `a string of tag ${String(tag)}`,
        text: textOf(tag, item(one, 1)),
      }
    }),
  )

/** `parseASN1String` (crypto/x509, parser.go): each kind has its characters, and what has others Go refuses to read. */
function textOf(tag: number, value: Der): string | undefined {
  // forge has put its pairs of bytes together.
  if (kinds[tag] === 'BMPString') return typeof value.value === 'string' ? basicPlane(value.value) : undefined
  const content = bytes(value)
  const text = content.toString('latin1')
  const only = (pattern: RegExp): string | undefined => (pattern.test(text) ? text : undefined)
  switch (kinds[tag]) {
    case 'UTF8String':
      return utf8(content)
    case 'NumericString':
      return only(/^[0-9 ]*$/)
    case 'PrintableString':
      return only(/^[A-Za-z0-9'()+,\-./ :=?*&]*$/)
    case 'TeletexString':
      return text
    case 'IA5String':
      return only(/^[\0-\x7f]*$/)
    default:
      return undefined
  }
}

function utf8(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return undefined
  }
}

/** A zero at the end is left out; there are no halves of pairs, and nothing that is no character. */
const basicPlane = (text: string): string | undefined =>
  /[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/.test(text) ? undefined : text.replace(/\0$/, '')
