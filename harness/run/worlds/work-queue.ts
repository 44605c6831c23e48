import { needsBlock } from '../../world/world-addresses.ts'
import { sectionOf, type CatalogueCell } from '../catalogue/cells.ts'
import { worldsOf } from '../gather/gather.ts'
import { costOf, waitsInVain } from './cost.ts'
import { worldKey } from './world-pool.ts'

/** Cells with one world. */
type Group = readonly CatalogueCell[]

/**
 * So many lanes take worlds with addresses of their own: a cell has up to two blocks of them, a group or two may keep
 * one more, and a worker has twenty (`blocksPerWorker`). One of these takes the others first.
 */
const addressedLanes = 7
const plainFirst = 1

/**
 * What is to be played, in groups with equal worlds: section after section as their results are wanted, within one the
 * longest first; before them all, those that wait long for nothing, or they would be the end of the run. Groups of a
 * kind (with or without addresses) that share a world follow each other: it stands until the last of them, and what
 * stands at the same time needs network namespaces, which are what costs most. For the same reason most lanes take worlds with addresses of their own from the
 * beginning: else they would all stand at the end.
 */
export class WorkQueue {
  readonly #addressed: Group[]
  readonly #plain: Group[]

  constructor(cells: readonly CatalogueCell[]) {
    const groups = [...Map.groupBy(cells, ({ cell }) => worldKey(cell.given)).values()]
    const order = inOrder(groups)
    this.#addressed = order.filter(isAddressed)
    this.#plain = order.filter((group) => !isAddressed(group))
  }

  next(lane: number): Group | undefined {
    if (lane >= addressedLanes) return this.#plain.shift()
    const queues = [this.#addressed, this.#plain]
    const [first, second] = lane === plainFirst ? queues.toReversed() : queues
    return first?.shift() ?? second?.shift()
  }
}

const isAddressed = ([first]: Group): boolean => first !== undefined && needsBlock(first.cell.given)

function inOrder(groups: readonly Group[]): Group[] {
  const sections = [...new Set(groups.flat().map(sectionOf))]
  const placeOf = (group: Group): number =>
    group.some(({ cell }) => waitsInVain(cell))
      ? -1
      : Math.min(...group.map((cell) => sections.indexOf(sectionOf(cell))))
  return familiesOf(groups)
    .map((family) => ({
      place: Math.min(...family.map(placeOf)),
      cost: costOf(family.flat()),
      family: family.toSorted((a, b) => costOf(b) - costOf(a)),
    }))
    .toSorted((a, b) => a.place - b.place || b.cost - a.cost)
    .flatMap(({ family }) => family)
}

/** Groups that share a world, with those with whom they share another. */
function familiesOf(groups: readonly Group[]): Group[][] {
  let families: { readonly groups: Group[]; readonly keys: ReadonlySet<string> }[] = []
  for (const group of groups) {
    const keys = group.flatMap(({ cell }) => worldsOf(cell)).map(worldKey)
    const kin = families.filter((family) => keys.some((key) => family.keys.has(key)))
    const joined = {
      groups: [...kin.flatMap((family) => family.groups), group],
      keys: new Set([...kin.flatMap((family) => [...family.keys]), ...keys]),
    }
    families = [...families.filter((family) => !kin.includes(family)), joined]
  }
  return families.map((family) => family.groups)
}
