import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { ReportError } from './failure.ts'
import type { Results, Shard } from './schema.ts'

/** A results file that is a shard. */
export interface ShardFile {
  readonly shard: Shard
  readonly results: Results
  readonly from: string
}

/** `shard 2 of 3`. */
export const shardText = ({ index, of }: Pick<Shard, 'index' | 'of'>): string =>
  `shard ${String(index)} of ${String(of)}`

/** What a shard says of the whole run; equal in all of its shards. */
export type Whole = Omit<Shard, 'index' | 'of' | 'catalogue'>

/** SHA-256, in hex, of the whole that shards are parts of: its cells with their definitions, and how they are divided. */
export function catalogueDigest(whole: Whole, tool: Results['tool']): string {
  const { only, cells, sections, claims, coverage } = whole
  const text = JSON.stringify([tool.name, tool.version, only, cells, sections, claims, coverage ?? null])
  return createHash('sha256').update(text).digest('hex')
}

/**
 * The shards among results files.
 * Errors: ReportError (exit 2) where one contradicts itself, two are of different runs, or one is there twice.
 */
export function shardsOf(
  parts: readonly { readonly results: Results; readonly from: string }[],
): ShardFile[] {
  const shards = parts.flatMap(({ results, from }) =>
    results.shard === undefined ? [] : [{ shard: results.shard, results, from }],
  )
  for (const one of shards) demandConsistent(one)
  const [first, ...others] = shards
  for (const other of others) if (first !== undefined) demandSameRun(first, other)
  demandOnce(shards)
  return shards
}

/** What the harness writes fits together; a file that does not was edited. */
function demandConsistent({ shard, results, from }: ShardFile): void {
  const listed = shard.claims.flatMap(({ cells }) => cells.map(({ id }) => id))
  const mine = new Set(shard.cells[shard.index - 1])
  const odd =
    shard.index > shard.of || shard.cells.length !== shard.of
      ? `its cells are divided into ${String(shard.cells.length)} parts`
      : !isDeepStrictEqual(shard.cells.flat().toSorted(), listed.toSorted())
        ? 'the cells of its parts are not those of its claims'
        : catalogueDigest(shard, results.tool) !== shard.catalogue
          ? 'its catalogue has another digest'
          : results.results.some(({ cell }) => !mine.has(cell))
            ? 'it has results of cells that are not its own'
            : undefined
  if (odd === undefined) return
  throw new ReportError(
    'shard-broken',
    `${from} says that it is ${shardText(shard)}, but ${odd}: the file was changed after the run; run that shard again.`,
  )
}

function demandSameRun(one: ShardFile, other: ShardFile): void {
  const [a, b] = [one.shard, other.shard]
  const differ = !isDeepStrictEqual(a.only, b.only)
    ? `${filterText(a)} and ${filterText(b)}`
    : a.of !== b.of
      ? `${shardText(a)} and ${shardText(b)}`
      : a.catalogue !== b.catalogue
        ? 'parts of different catalogues of claims'
        : undefined
  if (differ === undefined) return
  throw new ReportError(
    'shard-runs',
    `${one.from} and ${other.from} are no shards of one run: they are ${differ}; run one of them again as the other.`,
  )
}

const filterText = ({ only }: Shard): string =>
  only.length === 0 ? 'of all cells' : `of --only ${only.join(' --only ')}`

function demandOnce(shards: readonly ShardFile[]): void {
  const seen = new Map<string, string>()
  for (const { shard, results, from } of shards)
    for (const { name } of results.subjects) {
      const key = `${name} ${String(shard.index)}`
      const other = seen.get(key)
      if (other !== undefined)
        throw new ReportError(
          'shard-twice',
          `${other} and ${from} are both ${shardText(shard)} on ${name}; leave one of them out.`,
        )
      seen.set(key, from)
    }
}
