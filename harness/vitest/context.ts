import type { CellResult } from '../../reports/schema.ts'
import type { Phase } from '../run/gather/stopwatch.ts'
import type { Subject } from '../subject/subject.ts'
import type { ToolImages } from '../tool/tools.ts'
import type { RunNetwork } from '../world/network.ts'

/** What the workers are told; must survive serialisation. */
export interface WorkerContext {
  readonly runId: string
  readonly network: RunNetwork
  /** The subject of this worker, one of `subjects`. */
  readonly subject: Subject
  readonly subjects: readonly Subject[]
  /** Scenario files, absolute, in the order in which they are run. */
  readonly files: readonly string[]
  /** The engine sees this host's folders. */
  readonly sharesFolders: boolean
  /** Path on this host of the init of berths; undefined: every process has a container of its own. */
  readonly init: string | undefined
  /** What worlds need beside the subject, prepared. */
  readonly tools: ToolImages
  readonly only: readonly string[]
  /** Ids of cells that are not played on this subject. */
  readonly reused: readonly string[]
  /** The run's folder. */
  readonly out: string
}

/** What a test carries back to the command. */
export interface CellMeta {
  readonly section: string
  readonly result: CellResult
  /** Sums of this subject so far. */
  readonly milliseconds: Readonly<Record<Phase, number>>
  readonly counts: Readonly<Record<Phase, number>>
}

declare module 'vitest' {
  interface ProvidedContext {
    etcdTls: WorkerContext
  }
  interface TaskMeta {
    etcdTls?: CellMeta
    /** Of a suite: cells that were done when the run was ended, and whose tests never began. */
    etcdTlsUntaken?: readonly CellMeta[]
    /** Of a suite: cells that were handed over, and whose results are others now. */
    etcdTlsAnew?: readonly CellMeta[]
  }
}
