import { inflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { hostile } from '../testing/sample-parts.ts'
import { marks, packer, shared, type Block } from './pack.ts'

const packedOf = (records: Readonly<Record<string, unknown>>): Block[] => {
  const packing = packer()
  return [
    ...Object.entries(records).flatMap(([key, value]) => [...packing.add(key, value)]),
    ...packing.end(),
  ]
}
const listOf = ({ packed }: Block): unknown[] =>
  JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString()) as unknown[]
const texts = (blocks: readonly Block[]): unknown[] =>
  blocks.filter(({ kind }) => kind === 'texts').flatMap(listOf)
const records = (blocks: readonly Block[]): unknown[] =>
  blocks.filter(({ kind }) => kind === 'records').flatMap(listOf)
const long = 'a line of a log that is long enough to be kept elsewhere'

describe('packing', () => {
  test('a long text is kept once, a short one stays where it is', () => {
    const blocks = packedOf({ a: { log: [long, 'short'] }, b: { log: [long] } })
    expect(texts(blocks)).toEqual([long])
    expect(records(blocks)).toEqual([{ log: [`${marks.text}0`, 'short'] }, { log: [`${marks.text}0`] }])
  })

  test('a shared value is kept once, with the texts in it', () => {
    const world = () => shared({ members: [{ command: long }] })
    const blocks = packedOf({ a: { world: world() }, b: { world: world() } })
    expect(records(blocks)).toEqual([{ world: `${marks.value}1` }, { world: `${marks.value}1` }])
    expect(texts(blocks)).toEqual([long, JSON.stringify({ members: [{ command: `${marks.text}0` }] })])
  })

  test('keys say which record is which, and numbers go on from block to block', () => {
    const many = Object.fromEntries(
      Array.from({ length: 9000 }, (_, n) => [`0.${String(n)}`, { text: `${long} ${String(n)}`, is: n }]),
    )
    const blocks = packedOf(many)
    const kept = blocks.filter((block) => block.kind === 'texts')
    expect(kept.length).toBeGreaterThan(2)
    let first = 0
    for (const block of kept) {
      expect(block.first).toBe(first)
      first += listOf(block).length
    }
    expect(blocks.flatMap((block) => (block.kind === 'records' ? block.keys : []))).toEqual(Object.keys(many))
    expect(records(blocks)).toHaveLength(9000)
  })

  test('no text of a subject passes for a mark, and base64 cannot end its element', () => {
    const evil = {
      a: `${marks.text}0`,
      [`${marks.value}k`]: `${marks.value}1`,
      script: hostile.script.repeat(2),
    }
    const blocks = packedOf({ evil })
    expect(records(blocks)).toEqual([{ a: '\\x010', '\\x02k': '\\x021', script: `${marks.text}0` }])
    expect(texts(blocks)).toEqual([hostile.script.repeat(2)])
    for (const { packed } of blocks) expect(packed).toMatch(/^[A-Za-z0-9+/=]+$/)
  })
})
