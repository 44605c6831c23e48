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
  const drain = (book: AddressBook) => Array.from({ length: blocksPerWorker }, () => book.blocks.lend())

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
})
