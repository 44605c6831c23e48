import { expect, test } from 'vitest'
import {
  certificateOf,
  changed,
  etcd,
  http,
  notStarted,
  served,
  starts,
  type Cell,
} from '../../scenario/index.ts'
import { wrongAddressNames } from './address-names-shape.ts'

const showing = (...hosts: string[]) => ({ 'cert-file': certificateOf({ cn: 'a', hosts }) })
const given = etcd({ options: showing('@m1', 'root@example.com'), clients: { x: { at: '10.138.0.2' } } })
const when = http({ scheme: 'https', path: '/', host: '@x' })
const cell: Cell = { given, when, then: served() }
const two = { ...given, members: { ...given.members, m2: { options: showing('@m2') } } }

test('texts speak of members and clients of their world', () => {
  expect(wrongAddressNames(cell)).toBeUndefined()
  const unlike: Cell = {
    given,
    when: starts(),
    then: notStarted(),
    because: { failure: 'peer-certificate-without-key' },
    unlike: two,
  }
  expect(wrongAddressNames(unlike)).toBeUndefined()
})

test.each<[string, Cell, RegExp]>([
  ['a certificate', { ...cell, given: changed(given, showing('@m2')) }, /^"@m2" speaks of @m2/],
  ['a probe', { ...cell, when: { ...when, host: 'http://@m2/' } }, /"http:\/\/@m2\/" speaks of @m2/],
  ['a control', { ...cell, unlike: { ...when, host: '@y' } }, /speaks of @y/],
  ['a name that is asked for', { ...cell, then: served({ names: ['IP Address:@m2'] }) }, /speaks of @m2/],
])('a stranger in %s is told', (_, wrong, words) => {
  expect(wrongAddressNames(wrong)).toMatch(words)
})
