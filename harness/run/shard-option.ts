import { inputError } from '../errors.ts'

/** One part of a run that was divided: `index` of `of`, counted from 1. */
export interface ShardOption {
  readonly index: number
  readonly of: number
}

/** More parts than a run has groups of cells are of no use; the limit only keeps a slip from costing memory. */
const most = 1000

/** Reads `--shard i/n`. Errors: HarnessError `shard` (exit 2). */
export function parseShard(text: string): ShardOption {
  const [, index = 0, of = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? []
  if (index >= 1 && index <= of && of <= most) return { index, of }
  throw inputError(
    'shard',
    `--shard ${text} is no part of a run; write i/n with i from 1 to n and n up to ${String(most)}, as in --shard 2/3.`,
  )
}
