import { beforeAll, describe, expect, test } from 'vitest'
import { etcd, http, served, type Cell, type WorldSpec } from '../scenario/index.ts'
import { cellsOf, type CatalogueCell } from './catalogue/cells.ts'
import { loadCatalogue } from './catalogue/catalogue.ts'
import { costOf } from './worlds/cost.ts'
import { worldsOf } from './gather/gather.ts'
import { divide } from './shards.ts'
import { worldKey } from './worlds/world-pool.ts'

const ask = http({ scheme: 'http', path: '/version' })
const cellIn = (id: string, given: WorldSpec): CatalogueCell => {
  const cell: Cell = { given, when: ask, then: served() }
  const says = 'It serves.'
  return { claimId: id, cellId: id, at: {}, profile: 'extended', claim: { says, ...cell }, cell }
}
const plain = etcd({ options: {} })
const automatic = etcd({ options: { 'auto-tls': true } })

describe('a few cells', () => {
  const [a, b, c] = [cellIn('p/s/a', plain), cellIn('p/s/b', automatic), cellIn('p/s/c', plain)]

  test('of one world stay together, whatever the order of cells', () => {
    expect(divide([a, b, c], 2)).toEqual([['p/s/a', 'p/s/c'], ['p/s/b']])
    expect(divide([b, c, a], 2)).toEqual([['p/s/c', 'p/s/a'], ['p/s/b']])
  })

  test('leave parts empty when there are more parts than worlds', () => {
    expect(divide([a, b, c], 4)).toEqual([['p/s/a', 'p/s/c'], ['p/s/b'], [], []])
    expect(divide([], 2)).toEqual([[], []])
  })

  test('of each page are balanced by themselves', () => {
    const world = (name: string) => etcd({ options: { name } })
    const page = (name: string): CatalogueCell[] =>
      [0, 1].map((n) => cellIn(`${name}/s/${String(n)}`, world(`${name}${String(n)}`)))
    expect(divide([...page('p'), ...page('q')], 2)).toEqual([
      ['p/s/0', 'q/s/0'],
      ['p/s/1', 'q/s/1'],
    ])
  })
})

describe('the catalogue', () => {
  let cells: CatalogueCell[]
  let all: string[]
  beforeAll(async () => {
    cells = (await loadCatalogue()).flatMap(cellsOf)
    all = cells.map(({ cellId }) => cellId)
  })

  const costs = (parts: readonly string[][], page: string): number[] =>
    parts.map((part) => {
      const wanted = new Set(part.filter((id) => id.startsWith(page)))
      return costOf(cells.filter(({ cellId }) => wanted.has(cellId)))
    })

  test.each(Array.from({ length: 16 }, (_, n) => n + 1))('in %i parts: each cell in exactly one', (of) => {
    const parts = divide(cells, of)
    expect(parts).toHaveLength(of)
    expect(parts.flat().toSorted()).toEqual(all.toSorted())
  })

  test.each([2, 3, 4, 8, 16])('in %i parts: no world of a page is started in two', (of) => {
    const partOf = new Map(divide(cells, of).flatMap((part, n) => part.map((id) => [id, n] as const)))
    const where = new Map<string, Set<number | undefined>>()
    for (const { cellId, cell } of cells)
      for (const key of worldsOf(cell).map(
        (world) => `${cellId.slice(0, cellId.indexOf('/'))} ${worldKey(world)}`,
      ))
        where.set(key, (where.get(key) ?? new Set()).add(partOf.get(cellId)))
    expect([...where.values()].filter(({ size }) => size > 1)).toEqual([])
  })

  // The dearest group of cells is a twentieth of everything; a part cannot be better than what it cannot divide.
  test.each(['', 'security/'])('in two to eight parts of equal cost (page %j)', (page) => {
    for (let of = 2; of <= 8; of++) {
      const sums = costs(divide(cells, of), page)
      const mean = sums.reduce((sum, one) => sum + one, 0) / of
      expect(Math.max(...sums) / mean, `${String(of)} parts`).toBeLessThan(1.15)
    }
  })

  test('is divided alike whatever the order of its cells', () => {
    const sorted = (parts: readonly string[][]) => parts.map((part) => part.toSorted())
    expect(sorted(divide(cells.toReversed(), 5))).toEqual(sorted(divide(cells, 5)))
  })
})
