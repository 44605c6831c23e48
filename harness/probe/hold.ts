import type { HttpProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { KeptConnection } from './hold-http.ts'
import { KeptWatch } from './hold-watch.ts'
import type { Observation, SeenGrpc } from './observation.ts'

/** What is held open over several steps of a timeline. */
export interface Held {
  /** The first request, and the watch as it was created: `http` and `grpc` of one observation. */
  readonly opened: Observation
  /** The same again over the same connections; the watch must tell of a key that is written now. */
  use(): Promise<Observation>
  /** Ports that the two connections came from. */
  readonly ports: readonly number[]
  close(): Promise<void>
}

/**
 * Opens an HTTP/1.1 connection and, where the client listener is asked, a watch beside it. Neither is ever dialled
 * again: what ended is seen as ended. Errors: HarnessError of the TLS set-up.
 */
export async function hold(spec: HttpProbe, context: ProbeContext): Promise<Held> {
  const connection = await KeptConnection.open(spec, context)
  const answered = await connection.ask()
  const watch =
    spec.listener === 'peer' || answered.http === undefined
      ? undefined
      : await KeptWatch.open(spec, context).catch((error: unknown) => {
          connection.close()
          throw error
        })
  return {
    opened: both(answered, watch?.seen),
    use: async () => both(await connection.ask(), await watch?.kept.tells()),
    ports: [answered.localPort, watch?.kept.localPort].filter((port) => port !== undefined),
    close: async () => {
      connection.close()
      await watch?.kept.close()
    },
  }
}

const both = (seen: Observation, grpc: SeenGrpc | undefined): Observation =>
  grpc === undefined ? seen : { ...seen, grpc }
