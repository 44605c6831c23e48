import type { Der } from '../../fixtures/pki/der.ts'
import { bytes, item, items, objectId } from './asn1.ts'

/** An attribute of a subject or an issuer (RFC 5280 4.1.2.4). */
export interface Attribute {
  readonly id: string
  /** What Go reads in its value; undefined where it does not read it. */
  readonly text: string | undefined
  /** Name of the kind of string (X.680), or the number of its tag. */
  readonly kind: string
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

export const attributesOf = (name: Der): readonly Attribute[] =>
  items(name).flatMap((set) =>
    items(set).map((one) => {
      const tag = Number(item(one, 1).type)
      return {
        id: objectId(item(one, 0)),
        kind: kinds[tag] ?? `a string of tag ${String(tag)}`,
        text: textOf(tag, bytes(item(one, 1))),
      }
    }),
  )

/** `parseASN1String` (crypto/x509, parser.go): each kind has its characters, and what has others Go refuses to read. */
function textOf(tag: number, content: Buffer): string | undefined {
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
    case 'BMPString':
      return basicPlane(content)
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

/** Two bytes a character, a zero at the end left out; no halves of pairs and nothing that is no character. */
function basicPlane(content: Buffer): string | undefined {
  if (content.length % 2 !== 0) return undefined
  const points = Array.from({ length: content.length / 2 }, (_, n) => content.readUInt16BE(2 * n))
  if (points.at(-1) === 0) points.pop()
  const none = (point: number): boolean =>
    point >= 0xfffe || (point >= 0xfdd0 && point <= 0xfdef) || (point >= 0xd800 && point <= 0xdfff)
  return points.some(none) ? undefined : String.fromCharCode(...points)
}
