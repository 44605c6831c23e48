import { expect, test } from 'vitest'
import { AddressBlocks, type AddressesAhead } from './address-blocks.ts'

const prefixes = ['10.138.8', '10.138.9', '10.138.10']
const blocks = () => new AddressBlocks(prefixes)
const ahead = (octets: readonly (readonly [number, number])[], more: Partial<AddressesAhead> = {}) => ({
  blocks: 0,
  plain: 0,
  octets: new Map(octets),
  ...more,
})
const none = () => false
const all = () => true

test('that are all lent are told in a sentence, and one that is given back is had again', () => {
  const some = blocks()
  const [first] = prefixes.map(() => some.lend())
  expect(() => some.lend()).toThrow(expect.objectContaining({ code: 'no-block' }))
  first?.giveBack()
  first?.giveBack()
  expect(some.lend().prefix).toBe(first?.prefix)
  expect(() => some.lend()).toThrow(/^All 3 blocks .* let fewer of them/)
})

test('are lent to who finds most of its addresses used there', () => {
  const some = blocks()
  const used = [some.lend([2, 3, 10]), some.lend([2, 53])]
  for (const block of used) block.giveBack()
  const lent = [[3, 10], [53], [2, 3, 11]].map((octets) => {
    const block = some.lend(octets)
    block.giveBack()
    return block.prefix
  })
  expect(lent).toEqual([0, 1, 0].map((n) => used[n]?.prefix))
})

test('of equals the one is lent in which least was used', () => {
  const some = blocks()
  const used = [some.lend([2, 3]), some.lend([2, 3, 53])]
  for (const block of used) block.giveBack()
  expect([some.lend([2]).prefix, some.lend([2]).prefix]).toEqual(used.map(({ prefix }) => prefix))
})

test('are lent again before others: as few as worlds that are there at the same time', () => {
  const some = blocks()
  const [one, two] = [some.lend(), some.lend()]
  two.giveBack()
  expect(some.lend().prefix).toBe(two.prefix)
  one.giveBack()
  expect(some.lend().prefix).toBe(one.prefix)
})

test('what no world has and none to come asks for goes, once', () => {
  const some = blocks()
  const [one, two] = [some.lend([2, 3, 53]), some.lend([2, 10])]
  expect(some.settle(ahead([]), none)).toEqual([])
  one.giveBack()
  const wanted = ahead([
    [2, 1],
    [53, 1],
  ])
  expect(some.settle(wanted, none)).toEqual([`${one.prefix}.3`])
  two.giveBack()
  expect(some.settle(ahead([[2, 1]]), none)).toEqual([
    `${one.prefix}.53`,
    `${two.prefix}.2`,
    `${two.prefix}.10`,
  ])
  expect(some.settle(ahead([]), none)).toEqual([`${one.prefix}.2`])
  expect(some.settle(ahead([]), none)).toEqual([])
  const again = some.lend([2])
  expect(some.settle(ahead([]), none)).toEqual([])
  again.giveBack()
  expect(some.settle(ahead([]), none)).toEqual([`${again.prefix}.2`])
})

test('of a free block one address that fits is kept for who needs no block, as long as one is to come', () => {
  const some = blocks()
  const [one, two] = [some.lend([2, 3]), some.lend([2, 3])]
  one.giveBack()
  const fits = (address: string) => address.endsWith('.3')
  expect(some.settle(ahead([], { plain: 5 }), fits)).toEqual([`${one.prefix}.2`])
  // The other block is in use.
  const [spare, another] = [some.lendSpare(), some.lendSpare()]
  expect([spare?.address, another]).toEqual([`${one.prefix}.3`, undefined])
  two.giveBack()
  expect(some.settle(ahead([], { plain: 1 }), fits)).toEqual([`${two.prefix}.2`])
  spare?.giveBack()
  expect(some.settle(ahead([], { plain: 1 }), fits)).toHaveLength(1)
  expect(some.settle(ahead([]), fits)).toHaveLength(1)
  expect(some.lendSpare()).toBeUndefined()
})

test('whose address is lent to who needs no block is nobody else’s meanwhile', () => {
  const some = blocks()
  some.lend([2]).giveBack()
  some.settle(ahead([], { plain: 1 }), all)
  const spare = some.lendSpare()
  const others = [some.lend([2]), some.lend([2])].map(({ prefix }) => `${prefix}.2`)
  expect(others).not.toContain(spare?.address)
  expect(() => some.lend([2])).toThrow(/^All 3 blocks/)
})

test('a spare address is not lent where each block may be wanted by a world to come', () => {
  const some = blocks()
  const [one, two] = [some.lend([2]), some.lend([7])]
  one.giveBack()
  two.giveBack()
  const fits = (address: string) => address.endsWith('.2')
  some.settle(ahead([[7, 1]], { plain: 1, blocks: 3 }), fits)
  expect(some.lendSpare()).toBeUndefined()
  const world = some.lend([7])
  // Two blocks are free, two worlds to come.
  expect(some.lendSpare()).toBeUndefined()
  some.settle(ahead([], { plain: 1, blocks: 1 }), fits)
  expect(some.lendSpare()?.address).toBeDefined()
  world.giveBack()
})
