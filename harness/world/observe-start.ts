import { connect } from 'node:net'
import type { Observation } from '../probe/observation.ts'
import { within } from '../within.ts'
import type { RunningContainer } from './container.ts'

/** Milliseconds until a process must serve or have ended. */
const startLimit = 20_000
/** Milliseconds for one connection to a listener that says it serves, and for the end of a process that does not. */
const connectLimit = 2_000

/** etcd's own words for: the client listener serves (embed/serve.go, all lines from 3.2 on). */
const serving =
  /^(serving client traffic|serving (insecure )?client requests on|serving insecure client requests on)/

/**
 * Waits until a member says that it serves, or ends. Its word is not enough: 3.7 says so and ends a moment later
 * when http2 refuses the cipher list (embed/serve.go), so the client listener must take a connection, too.
 * Errors: HarnessError; the engine's.
 */
export async function observeStart(
  name: string,
  at: { readonly address: string; readonly port: number },
  container: Pick<RunningContainer, 'log' | 'ended' | 'exited'>,
  began: Date,
): Promise<Observation> {
  const watch = performance.now()
  const { log, ended } = container
  const said = await log.waitFor(({ message }) => serving.test(message), { limit: startLimit, signal: ended })
  const ready = said !== undefined && (await listens(at))
  const exit = ready ? undefined : await exitOf(container, said !== undefined)
  const after = performance.now() - watch
  return {
    probe: `start ${name}`,
    at: began.toISOString(),
    milliseconds: after,
    to: at.address,
    connected: true,
    answered: ready,
    process: { ready, ...(exit === undefined ? {} : { exit }), after },
    byHand: [],
    log: log.lines.slice(-40),
  }
}

/** The exit status of a process that ended; of one that is `dying` it waits for it. */
async function exitOf(
  { ended, exited }: Pick<RunningContainer, 'ended' | 'exited'>,
  dying: boolean,
): Promise<number | undefined> {
  if (ended.aborted) return exited
  return dying ? within(connectLimit, 'the end of the process', exited).catch(() => undefined) : undefined
}

/** The port takes a connection. It is closed at once: etcd logs an EOF for it where it speaks TLS. */
function listens({ address, port }: { readonly address: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: connectLimit })
    const done = (taken: boolean): void => {
      resolve(taken)
      socket.destroy()
    }
    socket
      .once('connect', () => done(true))
      .once('timeout', () => done(false))
      .once('error', () => done(false))
  })
}
