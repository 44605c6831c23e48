import type { MergePart } from './merge.ts'
import { keyOf } from './results-view.ts'
import type { CellResult, ClaimRecord, Results } from './schema.ts'
import { shardText, type ShardFile } from './shards.ts'

/** A file or folder that was named and holds no results. */
export interface LostPart {
  readonly from: string
  readonly why: string
}

/** What a merge must have beside what it was given. */
export interface Demands {
  /** Named, and without results. */
  readonly lost?: readonly LostPart[]
  /** Builds that must have been asked, as `--etcd` names them. */
  readonly builds?: readonly string[]
}

interface MissingShard {
  readonly index: number
  readonly of: number
  readonly subject: string
  readonly cells: readonly string[]
}

/** Merged shards with the cells of the missing ones as inconclusive, and every absence in a sentence. Pure. */
export function complete(merged: Results, shards: readonly ShardFile[], demands: Demands): Results {
  const absent = missingShards(shards)
  const { lost = [], builds = [] } = demands
  const missing = [
    ...(merged.missing ?? []),
    ...absent.map(missingText),
    ...lost.map(({ from, why }) => `${from} holds no results: ${why}, so its run was killed or never began`),
    ...builds
      .filter((build) => !isAsked(merged, build))
      .map((build) => `there is no result of --etcd ${build}`),
  ]
  const { shard: _, missing: __, ...rest } = merged
  return {
    ...rest,
    ...(missing.length > 0 && { missing }),
    ...(absent.length > 0 && {
      results: [...rest.results, ...absent.flatMap((one) => unknown(one, rest.claims))],
    }),
  }
}

/** A file that says of the whole run what its shards say, and has no results. Undefined where there are none. */
export function wholeOf([first]: readonly ShardFile[]): MergePart | undefined {
  if (first === undefined) return undefined
  const { sections, claims, coverage } = first.shard
  const results = {
    ...first.results,
    sections,
    claims,
    ...(coverage && { coverage }),
    subjects: [],
    results: [],
  }
  return { results, from: first.from }
}

const isAsked = ({ subjects }: Results, build: string): boolean =>
  subjects.some(({ asked, name }) => asked === build || name === build)

/** A shard without cells is not missed. */
function missingShards(shards: readonly ShardFile[]): MissingShard[] {
  const whole = shards[0]?.shard
  if (whole === undefined) return []
  const there = Map.groupBy(
    shards.flatMap(({ shard, results }) =>
      results.subjects.map(({ name }) => ({ name, index: shard.index })),
    ),
    ({ name }) => name,
  )
  return [...there].flatMap(([subject, has]) =>
    whole.cells.flatMap((cells, n) =>
      cells.length === 0 || has.some(({ index }) => index === n + 1)
        ? []
        : [{ index: n + 1, of: whole.of, subject, cells }],
    ),
  )
}

const missingText = (one: MissingShard): string =>
  `${shardText(one)} on ${one.subject} is missing (${String(one.cells.length)} ${one.cells.length === 1 ? 'cell' : 'cells'})`

function unknown(one: MissingShard, claims: readonly ClaimRecord[]): CellResult[] {
  const wanted = new Set(one.cells)
  return claims.flatMap(({ id: claim, says, cells }) =>
    cells
      .filter(({ id }) => wanted.has(id))
      .map(({ id, at }) => {
        const where = Object.entries(at).map(([axis, value]) => `${axis} ${value}`)
        return {
          cell: id,
          claim,
          subject: one.subject,
          verdict: 'inconclusive',
          promised: where.length === 0 ? says : `${says} (${where.join(', ')})`,
          seen: 'nothing: the shard that asks this was not there when the results were merged',
          why: [`shard-missing: ${shardText(one)} on ${one.subject}`],
          checks: [],
          byHand: [],
          milliseconds: 0,
        }
      }),
  )
}

/** By subject and cell, as a run that was not divided writes them. */
export function inOrder({ results, subjects, claims }: Results): CellResult[] {
  const keys = subjects.flatMap(({ name }) =>
    claims.flatMap(({ cells }) => cells.map(({ id }) => keyOf(name, id))),
  )
  const place = new Map(keys.map((key, n) => [key, n]))
  const at = ({ subject, cell }: CellResult): number => place.get(keyOf(subject, cell)) ?? keys.length
  return results.toSorted((a, b) => at(a) - at(b))
}
