import { expect, test } from 'vitest'
import type { ZoneSpec } from '../../../fixtures/zone.ts'
import { etcd, http, served, type Cell } from '../../scenario/index.ts'
import type { Asked } from '../../scenario/outcome.ts'
import { wrongNames } from './names-shape.ts'

const cell = (then: Asked, dns?: ZoneSpec): Cell => ({
  given: etcd({ options: {}, clients: { x: { at: '10.138.0.2' } }, ...(dns !== undefined && { dns }) }),
  when: http({ scheme: 'http', path: '/' }),
  then: served(then),
})

test('a zone that can be said and questions that can be heard have nothing wrong', () => {
  const zone: ZoneSpec = { forward: { 'b.com': ['@m1', '@x'] }, faults: { 'c.com': { delayed: 500 } } }
  const asked = ['PTR 10.138.0.2', 'a b.com', 'SRV _etcd-server._tcp.b.com']
  expect(wrongNames(cell({ asked, neverAsked: ['AAAA b.com'] }, zone))).toBeUndefined()
  expect(wrongNames(cell({}))).toBeUndefined()
})

test.each<[string, Cell, RegExp]>([
  ['a name without its type', cell({ asked: ['b.com'] }, {}), /"b\.com" is no question/],
  ['the same of what is never asked', cell({ neverAsked: ['b.com'] }, {}), /"b\.com" is no question/],
  ['a world without DNS', cell({ asked: ['A b.com'] }), /only in a world that has one/],
  ['an unknown fault', cell({}, { faults: { 'b.com': 'lost' as 'dropped' } }), /the fault "lost"/],
  ['a stranger in the zone', cell({}, { forward: { 'b.com': ['@m2'] } }), /"@m2", which is no address/],
])('%s is told in words', (_what, wrong, words) => {
  expect(wrongNames(wrong)).toMatch(words)
})
