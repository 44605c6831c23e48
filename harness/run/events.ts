import type { CellResult, SubjectRecord } from '../../reports/schema.ts'
import type { ShardOption } from './shard-option.ts'

/** What a run tells while it runs, in order. */
export type RunEvent =
  /** A subject, or what all need, is being prepared (pull, build); the latest text replaces the one before it. */
  | { readonly kind: 'preparing'; readonly text: string }
  | { readonly kind: 'prepared'; readonly subject: string; readonly milliseconds: number }
  | { readonly kind: 'result'; readonly result: CellResult; readonly section: string }
  | { readonly kind: 'note'; readonly text: string }

export interface SinceLastGood {
  /** A file of results, the folder of a run, or one of runs; absent: the usual one. */
  readonly path?: string
  /** Id globs of cells that are played all the same. */
  readonly again: readonly string[]
}

export interface RunOptions {
  /** Scenario files; default those of the project. */
  readonly files?: readonly string[]
  /** What the user asked for with --etcd, as it was typed. */
  readonly subjects: readonly string[]
  /** Id globs; empty means every cell. */
  readonly only: readonly string[]
  /** Play one part of the cells only. */
  readonly shard?: ShardOption
  /** What was good under the same conditions is not played again. */
  readonly sinceLastGood?: SinceLastGood
  /** The run's folder; it exists and is empty. */
  readonly out: string
  readonly runId: string
  /** What the results say was called; default `etcd-tls run` with its options. */
  readonly command?: readonly string[]
  /** Aborted: end soon, clean up, and return what there is with `run.interrupted` set. */
  readonly signal: AbortSignal
  readonly onEvent: (event: RunEvent) => void
  /** Told which builds there are, before they are asked anything; an error of its ends the run. */
  readonly onSubjects?: (subjects: readonly SubjectRecord[]) => void
}
