import { createHash } from 'node:crypto'

/**
 * SHA-256, hexadecimal, of a value made of plain data and regular expressions: the same for equal values, whatever the
 * order of their keys. What is undefined is not there. Errors: TypeError for a function or a symbol, which have no
 * content to compare.
 */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex')

function canonical(value: unknown): unknown {
  if (value instanceof RegExp) return { $regexp: [value.source, value.flags] }
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`a ${typeof value} has no digest`)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  return Object.fromEntries(
    entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, canonical(one)]),
  )
}

interface Asked {
  readonly cellId: string
  readonly claim: { readonly says: string }
  readonly cell: object
}

/** Fields of a claim that are not asked of a build: its words on the page, and, of a matrix, what makes its cells. */
const beside: readonly string[] = ['cites', 'open', 'profile', 'axes', 'cell', 'says']

/**
 * Digest of a claim at one point of its matrix: its words, and everything that is acted out and judged. Which
 * sentences it cites does not count. Errors: TypeError where a claim holds a function.
 */
export function claimDigest({ cellId, claim: { says }, cell }: Asked): string {
  const asked = Object.entries(cell).filter(([name]) => !beside.includes(name))
  return digestOf({ cellId, says, asked: Object.fromEntries(asked) })
}
