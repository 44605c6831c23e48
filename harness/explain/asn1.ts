import { encode, type Der } from '../../fixtures/pki/der.ts'

/** Reading DER (X.690) that was written by others. Every function throws Error for what is not there. */

export const items = (node: Der): readonly Der[] => {
  if (Array.isArray(node.value)) return node.value
  throw new Error('a primitive where items were expected')
}
export const item = (node: Der, index: number): Der => {
  const found = items(node)[index]
  if (found === undefined) throw new Error(`item ${String(index)} is missing`)
  return found
}
const isUniversal = (node: Der, type: number): boolean =>
  (node.tagClass as number) === 0 && Number(node.type) === type
export const isBoolean = (node: Der | undefined): boolean => node !== undefined && isUniversal(node, 1)
export const isInteger = (node: Der | undefined): boolean => node !== undefined && isUniversal(node, 2)
/** `[number]` of the context. */
export const isTagged = (node: Der | undefined, number: number): boolean =>
  node !== undefined && (node.tagClass as number) === 0x80 && Number(node.type) === number

/** Content bytes, without tag and length. forge keeps what looks like DER within a bit string as nodes. */
export function bytes(node: Der): Buffer {
  if (typeof node.value === 'string') return Buffer.from(node.value, 'latin1')
  const kept = (node as Der & { readonly bitStringContents?: string }).bitStringContents
  return kept === undefined ? Buffer.concat(node.value.map(encode)) : Buffer.from(kept, 'latin1')
}

export function objectId(node: Der): string {
  const [first = 0, ...rest] = base128(bytes(node))
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - 40 * top, ...rest].join('.')
}

function base128(content: Uint8Array): number[] {
  const numbers: number[] = []
  let sofar = 0
  for (const byte of content) {
    sofar = sofar * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    numbers.push(sofar)
    sofar = 0
  }
  return numbers
}

/** A small, not negative number. */
export function smallNumber(node: Der): number {
  const content = bytes(node)
  if (content.length === 0 || content.length > 5 || (content[0] ?? 0) & 0x80)
    throw new Error('not a small number')
  return Number(`0x${content.toString('hex')}`)
}

/** Bits of a bit string, the first one first. */
export function bitsOf(node: Der): readonly boolean[] {
  const [unused = 0, ...content] = bytes(node)
  const all = content.flatMap((byte) => Array.from({ length: 8 }, (_, n) => (byte & (0x80 >> n)) !== 0))
  return all.slice(0, all.length - unused)
}

/** UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 wants them, `YYMMDDHHMMSSZ` and `YYYYMMDDHHMMSSZ`. */
export function moment(node: Der): Date {
  const text = bytes(node).toString('latin1')
  const [, year = '', month, day, hour, minute, second = '00'] =
    /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(text) ?? []
  if (month === undefined || day === undefined || hour === undefined || minute === undefined)
    throw new Error(`a time that is none: ${text}`)
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`
  const written = `${full}-${month}-${day}T${hour}:${minute}:${second}`
  const found = new Date(`${written}Z`)
  // JavaScript takes the 30th of February for a day in March.
  if (Number.isNaN(found.getTime()) || !found.toISOString().startsWith(written))
    throw new Error(`a time that is none: ${text}`)
  return found
}
