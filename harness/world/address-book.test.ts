import { describe, expect, test } from 'vitest'
import { AddressBook, blocksPerWorker } from './address-book.ts'

const network = { base: [10, 138, 64] as const }
const workers = [0, 1, 2]

describe('single addresses', () => {
  test('of a worker begin with 2: 1 may be the gateway', () => {
    const book = new AddressBook(network, 0)
    expect([book.next(), book.next()]).toEqual(['10.138.64.2', '10.138.64.3'])
  })
  test('are all different until they are used up, and never a broadcast', () => {
    const book = new AddressBook(network, 2)
    const all = Array.from({ length: 193 }, () => book.next())
    expect(new Set(all).size).toBe(193)
    expect(book.next()).toBe('10.138.66.2')
    const seats = Array.from({ length: 55 }, () => book.seat() ?? '')
    const clients = Array.from({ length: 5 }, () => book.client([]).address)
    expect(new Set([...all, ...clients, ...seats]).size).toBe(253)
    expect(seats.at(-1)).toBe('10.138.66.254')
    expect(book.seat()).toBeUndefined()
  })
})

describe('blocks', () => {
  const drain = (book: AddressBook) => Array.from({ length: blocksPerWorker }, () => book.block())

  test('of three workers and their single addresses do not meet, and stay within the network', () => {
    const thirds = workers.flatMap((worker) => {
      const book = new AddressBook(network, worker)
      return [book.next(), ...drain(book).map(({ prefix }) => `${prefix}.2`)].map((one) =>
        Number(one.split('.')[2]),
      )
    })
    expect(new Set(thirds).size).toBe(63)
    expect([Math.min(...thirds), Math.max(...thirds)]).toEqual([64, 126])
  })
  test('that are all in use are told in a sentence, and one that is given back is had again', () => {
    const book = new AddressBook(network, 1)
    const [first] = drain(book)
    expect(() => book.block()).toThrow(expect.objectContaining({ code: 'no-block' }))
    first?.giveBack()
    first?.giveBack()
    expect(book.block().prefix).toBe(first?.prefix)
    expect(() => book.block()).toThrow(/let fewer of them/)
  })
  test('are lent to who finds most of its addresses used there', () => {
    const book = new AddressBook(network, 1)
    const used = [book.block([2, 3, 10]), book.block([2, 53])]
    for (const block of used) block.giveBack()
    const lent = [[3, 10], [53], [2, 3, 11]].map((octets) => {
      const block = book.block(octets)
      block.giveBack()
      return block.prefix
    })
    expect(lent).toEqual([0, 1, 0].map((n) => used[n]?.prefix))
  })
  test('have addresses to spare: what no world has and none to come asks for', () => {
    const book = new AddressBook(network, 1)
    const one = book.block([2, 3, 53])
    const two = book.block([2, 10])
    expect(book.surplus(new Map())).toEqual([])
    one.giveBack()
    expect(
      book.surplus(
        new Map([
          [2, 1],
          [53, 1],
        ]),
      ),
    ).toEqual([`${one.prefix}.3`])
    two.giveBack()
    expect(book.surplus(new Map([[2, 1]]))).toEqual([
      `${one.prefix}.53`,
      `${two.prefix}.2`,
      `${two.prefix}.10`,
    ])
    expect(book.surplus(new Map())).toEqual([`${one.prefix}.2`])
    expect(book.surplus(new Map())).toEqual([])
    const again = book.block([2])
    expect(book.surplus(new Map())).toEqual([])
    again.giveBack()
    expect(book.surplus(new Map())).toEqual([`${again.prefix}.2`])
  })
  test('are used again before others: as few as worlds that are there at the same time', () => {
    const book = new AddressBook(network, 1)
    const [one, two] = [book.block(), book.block()]
    two.giveBack()
    expect(book.block().prefix).toBe(two.prefix)
    one.giveBack()
    expect(book.block().prefix).toBe(one.prefix)
  })
})
