import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inputError } from '../errors.ts'
import { makeRunId } from './run-id.ts'

/** A folder that only its owner reads; it goes at the end of its scope. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
}

let run: string | undefined

/** Says on behalf of which run this process or worker acts from now on. */
export function actFor(runId: string): void {
  run = runId
}

/**
 * A new folder `etcd-tls-<run id>-<purpose>-…` under the temporary folder. Keys lie in such folders: by that name
 * the sweep finds those of killed runs. A process that acts for no run has an id of its own.
 * @param purpose letters and dashes
 * @param within another such folder that it is to lie in
 * Errors: HarnessError `no-temporary-folder` (exit 2).
 */
export async function temporaryFolder(purpose: string, within = tmpdir()): Promise<TemporaryFolder> {
  run ??= makeRunId()
  const path = await mkdtemp(join(within, `etcd-tls-${run}-${purpose}-`)).catch(unusable)
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function unusable(cause: unknown): never {
  const why = (cause as NodeJS.ErrnoException).code ?? String(cause)
  throw inputError(
    'no-temporary-folder',
    `Nothing can be written into the temporary folder ${tmpdir()} (${why}); point TMPDIR to a folder that is there and yours to write to.`,
    cause,
  )
}

/** Errors: those of `temporaryFolder`. */
export async function demandTemporaryFolder(): Promise<void> {
  await using _ = await temporaryFolder('check')
}
