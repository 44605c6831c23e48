import { describe, expect, test } from 'vitest'
import { gatewayOf, subnetsFor } from './network.ts'

const bases = (...used: string[]) => subnetsFor(used).map((base) => base.join('.'))

describe('subnets', () => {
  test('are those of the page’s range first, never its very subnet', () => {
    expect(bases()).toHaveLength(15)
    expect(bases()).not.toContain('10.138.0')
    expect(bases().slice(0, 4)).toEqual(['10.138.64', '10.138.128', '10.138.192', '10.139.0'])
  })
  test.each([
    ['10.138.64.0', '10.138.64'],
    ['10.138.127.255', '10.138.64'],
    ['10.139.0.1', '10.139.0'],
    ['10.137.255.9', '10.137.192'],
  ])('with %s, an address of this host, are not taken', (address, base) => {
    expect(bases(address)).not.toContain(base)
    expect(bases(address)).toHaveLength(14)
  })
  test.each([['10.140.0.1'], ['11.138.0.1'], ['fd00::1'], ['::ffff:10.138.0.1'], ['']])(
    'are all free where this host has %j',
    (address) => {
      expect(bases(address)).toHaveLength(15)
    },
  )
})

test('this host has the first address of the network', () => {
  expect(gatewayOf({ base: [10, 138, 64] })).toBe('10.138.64.1')
})
