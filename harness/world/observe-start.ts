import { connect } from 'node:net'
import { clientHello } from '../probe/client-hello.ts'
import type { Observation } from '../probe/observation.ts'
import type { Scheme } from '../scenario/world.ts'
import { within } from '../within.ts'
import type { RunningContainer } from './container.ts'

/** Milliseconds until a process must serve or have ended. */
const startLimit = 20_000
/** Milliseconds for the first byte of a listener that says it serves. */
const answerLimit = 1_000
/** Milliseconds for the end of a process that said it serves and does not. */
const endLimit = 2_000

interface Listening {
  readonly address: string
  readonly port: number
  readonly scheme: Scheme
}

/** etcd's own words for: the client listener serves (embed/serve.go, all lines from 3.2 on). */
const serving =
  /^(serving client traffic|serving (insecure )?client requests on|serving insecure client requests on)/

/**
 * Waits until a member says that it serves, or ends. Its word is not enough: 3.3 and 3.7 say so and end a moment
 * later when http2 refuses the cipher list (embed/serve.go), so the client listener must answer, too.
 * Errors: HarnessError; the engine's.
 */
export async function observeStart(
  name: string,
  at: Listening,
  container: Pick<RunningContainer, 'log' | 'ended' | 'exited'>,
  began: Date,
): Promise<Observation> {
  const watch = performance.now()
  const { log, ended } = container
  const said = await log.waitFor(({ message }) => serving.test(message), { limit: startLimit, signal: ended })
  const ready = said !== undefined && (await answers(at))
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
  return dying ? within(endLimit, 'the end of the process', exited).catch(() => undefined) : undefined
}

/**
 * Someone answers at the port: a byte came, or nothing within the limit (a server that hangs is one that serves
 * badly, which is for the probes to say). Not where the connection is refused or closed. etcd logs the broken-off
 * handshake where it speaks TLS.
 */
function answers({ address, port, scheme }: Listening): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: answerLimit })
    const done = (taken: boolean): void => {
      resolve(taken)
      socket.destroy()
    }
    socket.once('connect', () => void socket.write(scheme === 'https' ? hello : request))
    socket.once('data', () => done(true)).once('timeout', () => done(true))
    socket.once('error', () => done(false)).once('close', () => done(false))
  })
}

const request = 'GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
const hello = clientHello({
  versions: ['1.3', '1.2'],
  suites: ['TLS_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  serverName: null,
})
