import type { ContainerRuntimeClient } from 'testcontainers'
import type { Asked } from './parse.ts'
import type { Source } from './subject.ts'

/** What a road may use on its way. */
export interface Surroundings {
  readonly engine: ContainerRuntimeClient
  /** Architecture of the engine in Go's words: `amd64`, `arm64`. */
  readonly arch: string
  readonly runId: string
  readonly signal: AbortSignal
  /** One line for the person who waits. */
  readonly onProgress: (text: string) => void
}

/** An image in the engine that holds what was asked for, not described yet. */
export interface Arrived {
  readonly source: Source
  readonly reference: string
  /** What the build must say about itself; the sentence of the refusal names both. */
  readonly expects: { readonly etcd?: string; readonly go?: string }
  /** The image was made just now and goes again when it turns out not to be etcd. */
  readonly fresh: boolean
  /** What stands for the source in the subject's name; default the source itself. */
  readonly shownAs?: string
}

/** A way to an etcd build. Errors: HarnessError, exit 2 for what the user can mend, 3 for the surroundings. */
export type Road<R extends Asked['road']> = (
  asked: Extract<Asked, { road: R }>,
  surroundings: Surroundings,
) => Promise<Arrived>
