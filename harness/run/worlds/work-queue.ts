import { needsBlock } from '../../world/world-addresses.ts'
import { sectionOf, type CatalogueCell } from '../catalogue/cells.ts'
import { costOf, waitsInVain } from './cost.ts'
import { worldKey } from './world-pool.ts'

/** Cells with one world. */
type Group = readonly CatalogueCell[]

/**
 * What is to be played, in groups with equal worlds: section after section as their results are wanted, within one the
 * longest first; before them all, those that wait long for nothing, or they would be the end of the run. Every other lane takes worlds with addresses of their own only when nothing else is left: each such
 * world that is up at the same time needs network namespaces of its own, which are what costs most.
 */
export class WorkQueue {
  readonly #addressed: Group[]
  readonly #others: Group[]

  constructor(cells: readonly CatalogueCell[]) {
    const place = new Map<string, number>()
    for (const cell of cells) place.set(sectionOf(cell), place.get(sectionOf(cell)) ?? place.size)
    const placeOf = ([first]: Group): number => (first === undefined ? 0 : (place.get(sectionOf(first)) ?? 0))
    const groups = [...Map.groupBy(cells, ({ cell }) => worldKey(cell.given)).values()]
      .map((group) => {
        const inVain = group.some(({ cell }) => waitsInVain(cell))
        return { group, place: inVain ? -1 : placeOf(group), cost: costOf(group) }
      })
      .toSorted((a, b) => a.place - b.place || b.cost - a.cost)
      .map(({ group }) => group)
    this.#addressed = groups.filter(isAddressed)
    this.#others = groups.filter((group) => !isAddressed(group))
  }

  next(lane: number): Group | undefined {
    const [first, second] = lane % 2 === 0 ? [this.#addressed, this.#others] : [this.#others, this.#addressed]
    return first.shift() ?? second.shift()
  }
}

const isAddressed = ([first]: Group): boolean => first !== undefined && needsBlock(first.cell.given)
