import { expect, test } from 'vitest'
import {
  cluster,
  etcd,
  http,
  joined,
  joins,
  refused,
  served,
  starts,
  started,
  type Cell,
  type WorldSpec,
} from '../../scenario/index.ts'
import { costOf } from './cost.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'

const plain = etcd({ options: {} })
const other = etcd({ options: { 'auto-tls': true } })
const peers = cluster({
  members: { a: { options: {} }, c: { options: {} }, b: { role: 'candidate', options: {} } },
})
const ask = http({ scheme: 'http', path: '/version' })
const serves = (given: WorldSpec): Cell => ({ given, when: ask, then: served() })
const cost = (...cells: Cell[]) => costOf(cells.map((cell) => ({ cell }) as unknown as CatalogueCell))

test('worlds cost what their processes cost, each once; candidates and connections next to nothing', () => {
  expect(cost(serves(plain))).toBeCloseTo(1.1)
  expect(cost(serves(plain), serves(plain))).toBeCloseTo(1.2)
  expect(cost(serves(plain), serves(other))).toBeCloseTo(2.2)
  expect(cost({ given: peers, when: joins('b'), then: joined() })).toBeCloseTo(3)
  expect(cost(serves({ ...plain, dns: {} }))).toBeCloseTo(2.1)
})

test('a refusal is four acts, and its world without the guard stands beside', () => {
  const because = { reason: 'no-client-certificate' } as const
  const cell: Cell = { given: plain, when: ask, then: refused(), because, unlike: ask, without: other }
  expect(cost(cell)).toBeCloseTo(2.4)
})

test('a join that is refused starts a process four times', () => {
  const because = { reason: 'expired' } as const
  const by = refused({ by: 'a' })
  const cell: Cell = { given: peers, when: joins('b'), then: by, because, unlike: joins('b') }
  expect(cost(cell)).toBe(6)
  expect(cost({ given: plain, when: starts(), then: started() })).toBeCloseTo(1.1)
})
