import { getContainerRuntimeClient, type ContainerRuntimeClient } from 'testcontainers'
import { HarnessError } from '../errors.ts'

/** The label that everything started in the engine carries; its value is the run's id. */
export const runLabel = 'etcd-tls.run'

// Runs clean up after themselves and after killed ones; Ryuk's image may be out of reach.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true'

/** The engine testcontainers speaks to. Errors: HarnessError `no-engine`. */
export async function engineClient(): Promise<ContainerRuntimeClient> {
  try {
    return await getContainerRuntimeClient()
  } catch (cause) {
    const message = 'No container engine answers; `etcd-tls doctor` says what is missing.'
    throw new HarnessError('no-engine', message, { cause })
  }
}

/** The engine, or undefined where none answers now. */
export const engineIfAny = (): Promise<ContainerRuntimeClient | undefined> =>
  getContainerRuntimeClient().catch(() => undefined)
