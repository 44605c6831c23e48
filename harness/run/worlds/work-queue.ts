import { needsBlock } from '../../world/world-addresses.ts'
import { sectionOf, type CatalogueCell } from '../catalogue/cells.ts'
import { worldsOf } from '../gather/gather.ts'
import { costOf, waitsInVain } from './cost.ts'
import { worldKey } from './world-pool.ts'

/** Cells with one world. */
type Group = readonly CatalogueCell[]

/**
 * So many lanes take worlds with addresses of their own: a cell has up to two blocks of them, a group or two may keep
 * one more, and a worker has twenty (`blocksPerWorker`). One of these takes half of the others first, so that sections
 * with both are done early; two take those that wait.
 */
const addressedLanes = 7
const plainFirst = 1
const patient: readonly number[] = [0, 2]

/**
 * What is to be played, in groups with equal worlds: section after section as their results are wanted, within one the
 * longest first. What waits long for nothing has two lanes from the beginning: begun by all at once it leaves nobody to
 * work meanwhile, begun late it is the end of the run. Groups of a kind (with or without addresses) that share a world
 * follow each other: it stands until the last of them, and what stands at the same time needs network namespaces, which
 * are what costs most. For the same reason most lanes take worlds with addresses of their own from the beginning: else
 * they would all stand at the end, and one after the other would have to go when all is played. While the others are
 * played at the end, they go.
 */
export class WorkQueue {
  readonly #waiting: Group[]
  readonly #addressed: Group[]
  readonly #plain: Group[]
  /** So many of those are for the end. */
  readonly #late: number

  constructor(cells: readonly CatalogueCell[]) {
    const groups = [...Map.groupBy(cells, ({ cell }) => worldKey(cell.given)).values()]
    const families = inOrder(groups)
    const addressed = (waits: boolean): Group[] =>
      families
        .filter((family) => family.waits === waits)
        .flatMap((family) => family.groups.filter(isAddressed))
    this.#waiting = addressed(true)
    this.#addressed = addressed(false)
    this.#plain = families.flatMap((family) => family.groups.filter((group) => !isAddressed(group)))
    this.#late = Math.floor(this.#plain.length / 2)
  }

  next(lane: number): Group | undefined {
    return this.#queuesOf(lane)
      .find((queue) => queue.length > 0)
      ?.shift()
  }

  /** What it takes from first, then, and last. */
  #queuesOf(lane: number): Group[][] {
    if (lane >= addressedLanes) return [this.#plain]
    if (lane === plainFirst && this.#plain.length > this.#late)
      return [this.#plain, this.#addressed, this.#waiting]
    if (patient.includes(lane)) return [this.#waiting, this.#addressed, this.#plain]
    return [this.#addressed, this.#waiting, this.#plain]
  }
}

const isAddressed = ([first]: Group): boolean => first !== undefined && needsBlock(first.cell.given)

interface Family {
  readonly groups: readonly Group[]
  /** One of its cells waits long for nothing. */
  readonly waits: boolean
}

function inOrder(groups: readonly Group[]): Family[] {
  const sections = [...new Set(groups.flat().map(sectionOf))]
  const placeOf = (cells: Group): number =>
    Math.min(...cells.map((cell) => sections.indexOf(sectionOf(cell))))
  return familiesOf(groups)
    .map((family) => ({
      place: placeOf(family.flat()),
      cost: costOf(family.flat()),
      waits: family.flat().some(({ cell }) => waitsInVain(cell)),
      groups: family.toSorted((a, b) => costOf(b) - costOf(a)),
    }))
    .toSorted((a, b) => a.place - b.place || b.cost - a.cost)
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
