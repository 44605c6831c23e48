import { describe, expect, test } from 'vitest'
import { AddressBook, subnetsFor } from './network.ts'

const network = { id: 'n', name: 'n', base: [10, 138, 16] as const }
const bases = (...used: string[]) => subnetsFor(used).map((base) => base.join('.'))

describe('subnets', () => {
  test('are the sixteen of the page’s range', () => {
    expect(bases()).toHaveLength(16)
    expect(bases().slice(0, 2)).toEqual(['10.138.0', '10.138.16'])
    expect(bases().at(-1)).toBe('10.138.240')
  })
  test.each([
    ['10.138.0.1', '10.138.0'],
    ['10.138.15.255', '10.138.0'],
    ['10.138.16.0', '10.138.16'],
    ['10.138.255.9', '10.138.240'],
  ])('with %s, an address of this host, are not taken', (address, base) => {
    expect(bases(address)).not.toContain(base)
    expect(bases(address)).toHaveLength(15)
  })
  test.each([['10.139.0.1'], ['11.138.0.1'], ['fd00::1'], ['::ffff:10.138.0.1'], ['']])(
    'are all free where this host has %j',
    (address) => {
      expect(bases(address)).toHaveLength(16)
    },
  )
})

describe('addresses', () => {
  test('of a worker begin with 2: 1 may be the gateway', () => {
    const book = new AddressBook(network, 0)
    expect([book.next(), book.next()]).toEqual(['10.138.17.2', '10.138.17.3'])
  })
  test('are all different until they are used up, and never a broadcast', () => {
    const book = new AddressBook(network, 3)
    const all = Array.from({ length: 253 }, () => book.next())
    expect(new Set(all).size).toBe(253)
    expect(all.at(-1)).toBe('10.138.20.254')
    expect(book.next()).toBe('10.138.20.2')
  })
  test('of fifteen workers do not meet, and stay within the network', () => {
    const firsts = Array.from({ length: 15 }, (_, worker) => new AddressBook(network, worker).next())
    expect(new Set(firsts).size).toBe(15)
    for (const address of firsts) {
      const third = Number(address.split('.')[2])
      expect(third).toBeGreaterThan(16)
      expect(third).toBeLessThan(32)
    }
  })
})
