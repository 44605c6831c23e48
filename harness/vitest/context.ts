import type { CellResult } from '../../reports/schema.ts'
import type { Phase } from '../run/stopwatch.ts'
import type { Subject } from '../subject/subject.ts'
import type { ToolImages } from '../tool/tools.ts'
import type { RunNetwork } from '../world/network.ts'

/** What the workers are told; must survive serialisation. */
export interface WorkerContext {
  readonly runId: string
  readonly network: RunNetwork
  readonly subjects: readonly Subject[]
  /** The engine sees this host's folders. */
  readonly sharesFolders: boolean
  /** What worlds need beside the subject, prepared. */
  readonly tools: ToolImages
  readonly only: readonly string[]
  /** The run's folder. */
  readonly out: string
}

/** What a test carries back to the command. */
export interface CellMeta {
  readonly section: string
  /** The scenario file. */
  readonly file: string
  readonly result: CellResult
  /** Sums of this file and subject so far. */
  readonly milliseconds: Readonly<Record<Phase, number>>
  readonly counts: Readonly<Record<Phase, number>>
}

declare module 'vitest' {
  interface ProvidedContext {
    etcdTls: WorkerContext
  }
  interface TaskMeta {
    etcdTls?: CellMeta
  }
}
