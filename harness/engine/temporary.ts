import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
 */
export async function temporaryFolder(purpose: string): Promise<TemporaryFolder> {
  run ??= makeRunId()
  const path = await mkdtemp(join(tmpdir(), `etcd-tls-${run}-${purpose}-`))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
