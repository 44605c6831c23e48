import type { AnyProbeSpec, Cell } from '../../scenario/claim.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { worldsOf } from '../gather/gather.ts'
import { worldKey } from './world-pool.ts'

/**
 * What a cell is expected to cost, in containers: they are what a run waits for. Only for the order of work, so that
 * the longest begins first; a wrong guess costs time and nothing else.
 */
export function costOf(cells: readonly CatalogueCell[]): number {
  const worlds = new Map(cells.flatMap(({ cell }) => worldsOf(cell)).map((world) => [worldKey(world), world]))
  const standing = [...worlds.values()].reduce((sum, world) => sum + processesOf(world), 0)
  return cells.reduce((sum, { cell }) => sum + actsOf(cell), standing)
}

/** Of each cell, its share of the worlds that it has in common with others among them. For what is left of a run. */
export function weightsOf(cells: readonly CatalogueCell[]): ReadonlyMap<string, number> {
  const worlds = cells.map((cell) => new Map(worldsOf(cell.cell).map((world) => [worldKey(world), world])))
  const users = new Map<string, number>()
  for (const key of worlds.flatMap((of) => [...of.keys()])) users.set(key, (users.get(key) ?? 0) + 1)
  return new Map(
    cells.map(({ cellId, cell }, n) => {
      const own = [...(worlds[n] ?? [])]
      return [
        cellId,
        own.reduce((sum, [key, world]) => sum + processesOf(world) / (users.get(key) ?? 1), actsOf(cell)),
      ]
    }),
  )
}

/** Candidates are started by joins only. */
function processesOf({ members, dns, clients = {} }: WorldSpec): number {
  const standing = Object.values(members).filter(({ role }) => role !== 'candidate')
  return standing.length + (dns === undefined ? 0 : 1) + Object.keys(clients).length
}

/** Of a connection, against a container. */
const connection = 0.1
const ofKind: Readonly<Partial<Record<AnyProbeSpec['kind'], number>>> = {
  join: 1,
  etcdctl: 1,
  // Files change, and every change is waited for.
  timeline: 2,
}

/** Members of which a build is known to form no cluster are waited for to the end of their limit. */
const vainWait = 15
export const waitsInVain = (cell: Cell): boolean =>
  cell.when.kind === 'forms' && 'known' in cell && cell.known !== undefined

/** Control, probe, and both again. */
function actsOf(cell: Cell): number {
  const { kind } = cell.when
  if (waitsInVain(cell)) return vainWait
  const once = ofKind[kind] ?? connection
  return 'unlike' in cell && cell.unlike !== undefined ? 4 * once : once
}
