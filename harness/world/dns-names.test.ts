import { expect, test } from 'vitest'
import { addressOf, reverseName } from './dns-names.ts'

// The names are what `dig -x` prints.
test.each([
  ['10.138.0.2', '2.0.138.10.in-addr.arpa', '10.138.0.2'],
  [
    '2001:db8::567:89ab',
    'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    '2001:db8::567:89ab',
  ],
  [
    '::ffff:10.138.0.2',
    '2.0.0.0.a.8.a.0.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa',
    '::ffff:a8a:2',
  ],
  ['::', `${'0.'.repeat(32)}ip6.arpa`, '::'],
])('%s', (address, name, shown) => {
  expect(reverseName(address)).toBe(name)
  expect(addressOf(name)).toBe(shown)
})

test('other names are no addresses', () => {
  expect(reverseName('b.com')).toBeUndefined()
  expect(reverseName('10.138.0.2:2380')).toBeUndefined()
  expect(addressOf('b.com')).toBeUndefined()
  expect(addressOf('138.10.in-addr.arpa')).toBeUndefined()
})
