import type { CatalogueCell } from './catalogue/cells.ts'
import { costOf } from './worlds/cost.ts'
import { worldsOf } from './gather/gather.ts'
import { worldKey } from './worlds/world-pool.ts'

/** Cells that share worlds, and what they are expected to cost together. */
interface Unit {
  readonly page: string
  readonly first: string
  readonly ids: readonly string[]
  readonly cost: number
}

/**
 * Divides cells: every cell is in exactly one of `of` parts, those of a page that share a world in the same one.
 * Depends on the cells alone, so every machine comes to the same. Balanced by expected cost, the sums and each page by
 * itself, since a page speaks only for some builds.
 * @returns ids of cells by part, in their order; a part may be empty
 */
export function divide(cells: readonly CatalogueCell[], of: number): string[][] {
  const pages = Map.groupBy(cells, ({ cellId }) => cellId.slice(0, cellId.indexOf('/')))
  const units = [...pages].flatMap(([page, inIt]) => unitsOf(page, inIt)).toSorted(longestFirst)
  const parts = Array.from({ length: of }, () => ({ pages: new Map<string, number>(), sum: 0 }))
  const placed = new Map<string, number>()
  for (const { page, cost, ids } of units) {
    const loads = parts.map(({ pages, sum }) => (pages.get(page) ?? 0) + sum)
    const least = loads.indexOf(Math.min(...loads))
    const part = parts[least]
    if (part === undefined) throw new TypeError('a run is divided into one part or more')
    part.pages.set(page, (part.pages.get(page) ?? 0) + cost)
    part.sum += cost
    for (const id of ids) placed.set(id, least)
  }
  return parts.map((_, n) => idsOf(cells).filter((id) => placed.get(id) === n))
}

const idsOf = (cells: readonly CatalogueCell[]): string[] => cells.map(({ cellId }) => cellId)

/** In tenths, so that sums do not depend on their order. */
const tenths = (cost: number): number => Math.round(cost * 10)

/** By code points: a locale is a property of a machine. */
const longestFirst = (a: Unit, b: Unit): number => b.cost - a.cost || (a.first < b.first ? -1 : 1)

/** The cells of a page, those together that a world connects. */
function unitsOf(page: string, cells: readonly CatalogueCell[]): Unit[] {
  const leader = new Map<string, string>()
  const lead = (key: string): string => {
    const next = leader.get(key)
    return next === undefined || next === key ? key : lead(next)
  }
  const keyed = cells.map((cell) => ({ cell, keys: worldsOf(cell.cell).map(worldKey) }))
  for (const { keys } of keyed) for (const key of keys) leader.set(lead(key), lead(keys[0] ?? key))
  const groups = Map.groupBy(keyed, ({ keys: [key = ''] }) => lead(key)).values()
  return [...groups].map((group) =>
    unitOf(
      page,
      group.map(({ cell }) => cell),
    ),
  )
}

function unitOf(page: string, cells: readonly CatalogueCell[]): Unit {
  const [first = ''] = idsOf(cells).toSorted((a, b) => (a < b ? -1 : 1))
  return { page, first, ids: idsOf(cells), cost: tenths(costOf(cells)) }
}
