import { describe, expect, test } from 'vitest'
import { cluster, etcd, type MemberSpec } from '../scenario/index.ts'
import { AddressBook } from './address-book.ts'
import { logicalBy } from './logical.ts'
import { addressesFor, octetsWanted } from './world-addresses.ts'

const book = () => new AddressBook({ base: [10, 139, 0] }, 0)
const plain: MemberSpec = { options: {} }
const paged = cluster({
  members: { a: plain, b: { ...plain, at: '10.138.0.2' } },
  clients: { raw: { at: '10.138.0.9' } },
})

describe('a world with one of the page’s addresses', () => {
  const addresses = addressesFor(paged, book())

  test('has a block of its own, in which the last octet stays', () => {
    expect([addresses.of('a'), addresses.of('b'), addresses.of('raw'), addresses.dns]).toEqual([
      '10.139.3.100',
      '10.139.3.2',
      '10.139.3.9',
      '10.139.3.53',
    ])
  })
  test('takes over every address of the page’s subnet, and nothing that only looks like one', () => {
    expect(addresses.resolve('10.138.0.27,@b:2380,@nobody')).toBe('10.139.3.27,10.139.3.2:2380,@nobody')
    const others = '10.138.1.27 110.138.0.2 10.138.0.2.7 10.138.0.2345'
    expect(addresses.resolve(others)).toBe(others)
    expect(addresses.resolve('at 10.138.0.2.')).toBe('at 10.139.3.2.')
  })
  test('tells them back as the page has them', () => {
    const text = 'certificate is valid for 10.139.3.27, not 10.139.3.2:2380'
    expect(logicalBy(addresses.map)(text)).toBe('certificate is valid for 10.138.0.27, not 10.138.0.2:2380')
    expect(logicalBy(addresses.map)('10.139.3.100')).toBe('10.138.0.100')
  })
  test('gives commands addresses outside of its block, each time another one', () => {
    const turn = Array.from({ length: 6 }, () => {
      const { address, giveBack } = addresses.client()
      giveBack()
      return address
    })
    expect(turn).toEqual(['195', '196', '197', '198', '199', '195'].map((octet) => `10.139.0.${octet}`))
  })
})

test('addresses of two subnets of a page share the block, and go back where they came from', () => {
  const spec = cluster({ members: { a: { ...plain, at: '10.0.1.10' }, b: { ...plain, at: '10.138.0.2' } } })
  const addresses = addressesFor(spec, book())
  expect(addresses.resolve('10.0.1.10 10.138.0.2')).toBe('10.139.3.10 10.139.3.2')
  expect(logicalBy(addresses.map)('10.139.3.10 10.139.3.2')).toBe('10.0.1.10 10.138.0.2')
})

test('a world that gives its block back leaves it to the next', () => {
  const one = book()
  for (let n = 0; n < 20; n++) addressesFor(paged, one).giveBack()
  expect(addressesFor(paged, one).of('b')).toMatch(/^10\.139\.\d+\.2$/)
})

describe('a world of one member', () => {
  const addresses = addressesFor(etcd({ options: {} }), book())

  test('has one of the worker’s addresses, which stands for the page’s loopback address', () => {
    expect(addresses.of('m1')).toBe('10.139.0.2')
    expect(addresses.resolve('https://@m1:2379')).toBe('https://10.139.0.2:2379')
    expect(logicalBy(addresses.map)('dial 10.139.0.2:2379')).toBe('dial 127.0.0.1:2379')
  })
  test('does not know a name that is not its own', () => {
    expect(() => addresses.of('m2')).toThrow(expect.objectContaining({ code: 'unknown-member' }))
  })
})

test('where nobody has an address of the page, those that pages name are given first', () => {
  const spec = cluster({ members: { a: plain, b: plain } })
  const addresses = addressesFor(spec, book())
  expect([addresses.of('a'), addresses.of('b'), addresses.dns]).toEqual([
    '10.139.3.2',
    '10.139.3.3',
    '10.139.3.53',
  ])
})

test('what a world asks for is what it is given', () => {
  const loopback = { client: 2379, peer: 2380 }
  const inside = cluster({ members: { a: { ...plain, loopback } }, dns: {} })
  const six = cluster({ members: { a: { ...plain, host: '[::1]', loopback } } })
  expect([octetsWanted(six), addressesFor(six, book()).post]).toEqual([[2, 55], '10.139.3.55'])
  expect(octetsWanted(paged)).toEqual([100, 2, 9])
  expect(octetsWanted(inside)).toEqual([2, 53, 54])
  expect(octetsWanted(etcd({ options: {} }))).toEqual([])
  for (const spec of [paged, inside]) {
    const addresses = addressesFor(spec, book())
    const { members, clients = {} } = spec
    const given = [
      ...Object.keys({ ...members, ...clients }).map((name) => addresses.of(name)),
      ...(spec.dns === undefined ? [] : [addresses.dns, addresses.post]),
    ]
    expect(given.map((one) => Number(one.split('.')[3]))).toEqual(octetsWanted(spec))
  }
})
