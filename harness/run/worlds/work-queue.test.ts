import { expect, test } from 'vitest'
import { cluster, etcd, http, served, type Claim, type WorldSpec } from '../../scenario/index.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { WorkQueue } from './work-queue.ts'

const when = http({ scheme: 'http', path: '/version' })
const alone = (name: string) => etcd({ options: { 'host-whitelist': name } })
const addressed = (name: string) =>
  cluster({ members: { m1: { at: '10.138.0.2', host: name, options: {} } } })
const cell = (
  claimId: string,
  given: Claim extends infer C ? (C extends { given: infer G } ? G : never) : never,
) =>
  ({
    claimId,
    cellId: claimId,
    at: {},
    cell: { says: 'a', given, when, then: served() },
  }) as unknown as CatalogueCell
const ids = (group: readonly CatalogueCell[] | undefined) => group?.map(({ cellId }) => cellId)

test('cells with one world are one group, whatever file asks for it, at the place of the first', () => {
  const queue = new WorkQueue([
    cell('p/a/1', alone('x')),
    cell('p/b/1', alone('y')),
    cell('p/c/1', alone('x')),
  ])
  expect([ids(queue.next(0)), ids(queue.next(0)), queue.next(0)]).toEqual([
    ['p/a/1', 'p/c/1'],
    ['p/b/1'],
    undefined,
  ])
})

test('within a section the longest is first, and sections keep their order', () => {
  const queue = new WorkQueue([
    cell('p/a/short', alone('x')),
    cell('p/a/long', alone('y')),
    cell('p/a/long-too', alone('y')),
    cell('p/b/1', alone('z')),
    cell('p/b/2', alone('z')),
    cell('p/b/3', alone('z')),
  ])
  expect([ids(queue.next(1))?.[0], ids(queue.next(1))?.[0], ids(queue.next(1))?.[0]]).toEqual([
    'p/a/long',
    'p/a/short',
    'p/b/1',
  ])
})

test('one lane takes worlds without addresses first, but for half of them, and the others take them last', () => {
  const queue = new WorkQueue([
    cell('p/a/1', addressed('a')),
    cell('p/a/2', addressed('b')),
    cell('p/a/3', alone('x')),
    cell('p/a/4', alone('y')),
    cell('p/a/5', addressed('c')),
    cell('p/a/6', addressed('d')),
  ])
  expect([0, 1, 1, 2, 3, 4, 5].map((lane) => ids(queue.next(lane))?.[0])).toEqual([
    'p/a/1',
    'p/a/3',
    'p/a/2',
    'p/a/5',
    'p/a/6',
    'p/a/4',
    undefined,
  ])
})

test('no more lanes take worlds with addresses than have blocks for them', () => {
  const cells = Array.from({ length: 8 }, (_, n) => cell(`p/a/${String(n)}`, addressed(String(n))))
  const queue = new WorkQueue([...cells, cell('p/a/plain', alone('x'))])
  const taken = Array.from({ length: 9 }, (_, lane) => ids(queue.next(lane))?.[0])
  expect(taken.slice(7)).toEqual([undefined, undefined])
  expect(taken.slice(0, 7)).not.toContain(undefined)
})

test('groups that share a world follow each other, those of later sections too', () => {
  const beside = (one: CatalogueCell, without: WorldSpec) =>
    ({ ...one, cell: { ...one.cell, without } }) as unknown as CatalogueCell
  const queue = new WorkQueue([
    beside(cell('p/a/1', alone('x')), alone('shared')),
    cell('p/a/2', alone('y')),
    beside(cell('p/a/3', alone('z')), alone('also shared')),
    beside(cell('p/b/1', alone('also shared')), alone('shared')),
  ])
  const order = Array.from({ length: 4 }, () => ids(queue.next(1))?.[0])
  expect(order.slice(0, 3).sort()).toEqual(['p/a/1', 'p/a/3', 'p/b/1'])
  expect(order[3]).toBe('p/a/2')
})

test('who is known to wait long for nothing has two lanes from the beginning, and the others when these have no more', () => {
  const waiting = (id: string) => {
    const forms = cell(id, addressed(id))
    const when = { kind: 'forms', to: 'm1' }
    return { ...forms, cell: { ...forms.cell, when, known: {} } } as unknown as CatalogueCell
  }
  const queue = new WorkQueue([
    cell('p/a/1', addressed('a')),
    ...['p/b/1', 'p/b/2', 'p/b/3', 'p/b/4'].map(waiting),
  ])
  const taken = [3, 0, 2, 4, 5].map((lane) => ids(queue.next(lane))?.[0])
  expect(taken).toEqual(['p/a/1', 'p/b/1', 'p/b/2', 'p/b/3', 'p/b/4'])
})
