import { connect } from 'node:net'
import { clientHello } from '../probe/client-hello.ts'
import type { Observation } from '../probe/observation.ts'
import { capable, notYetCapable, proxyServes, servingWords } from '../probe/serving.ts'
import type { Scheme } from '../scenario/world.ts'
import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import type { RunningContainer } from './container.ts'
import type { Together } from './together.ts'

/** Milliseconds for the first byte of a listener that says it serves. */
const answerLimit = 1_000
/** Milliseconds to the cluster's version: its leader looks at it every four seconds (`monitorVersions`, etcdserver/server.go). */
const capableLimit = 5_000
/** Milliseconds for the end of a process that said it serves and does not. */
const endLimit = 2_000

export interface Listening {
  readonly address: string
  readonly port: number
  readonly scheme: Scheme
}

/** How long to wait for a process. */
export interface Patience {
  /** Milliseconds until it must serve or have ended, from when all that start with it were begun. */
  readonly limit: number
  /** Those that start with it, and may refuse it. */
  readonly together?: Together
  /** Where its words begin in the log; default at its start. */
  readonly from?: number
}

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
  { limit, together, from = 0 }: Patience,
): Promise<Observation> {
  const watch = performance.now()
  const { log, ended } = container
  together?.begun(name)
  await together?.all()
  together?.listen(log, limit)
  const signal = together === undefined ? ended : AbortSignal.any([ended, together.hopeless])
  const says = servingWords()
  const said = await log.waitFor((line) => says(line) || proxyServes(line), { from, limit, signal })
  const word = said === undefined ? 'closed' : await answerOf(at)
  const ready = word !== 'closed'
  if (ready && log.lines.slice(from).some(notYetCapable))
    await log.waitFor(capable, { from, limit: capableLimit, signal })
  const exit = ready ? undefined : await exitOf(container, said !== undefined)
  const after = performance.now() - watch
  return {
    probe: `start ${name}`,
    at: began.toISOString(),
    milliseconds: after,
    to: at.address,
    connected: true,
    answered: word === 'answered',
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
  return dying ? within(endLimit, 'the end of the process', exited).catch(late) : undefined
}

/** Errors: all but that it took too long, which is no status. */
function late(error: unknown): undefined {
  if (!(error instanceof HarnessError) || error.code !== 'waited-too-long') throw error
}

/**
 * What the port gives: the first byte of a TLS record (RFC 8446 5.1: handshake or alert) or of an HTTP answer; another
 * byte or nothing within the limit, `silent` (a server that hangs, or speaks otherwise, is one that serves badly,
 * which is for the judge to say); or an end. etcd logs the broken-off handshake where it speaks TLS.
 */
function answerOf({ address, port, scheme }: Listening): Promise<'answered' | 'silent' | 'closed'> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, timeout: answerLimit })
    const done = (word: 'answered' | 'silent' | 'closed'): void => {
      resolve(word)
      socket.destroy()
    }
    const fits = (byte: number | undefined): boolean =>
      scheme === 'https' ? byte === 0x16 || byte === 0x15 : byte === 0x48
    socket.once('connect', () => void socket.write(scheme === 'https' ? hello : request))
    socket.once('data', (bytes) => done(fits(bytes[0]) ? 'answered' : 'silent'))
    socket.once('timeout', () => done('silent'))
    socket.once('error', () => done('closed')).once('close', () => done('closed'))
  })
}

const request = 'GET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
const hello = clientHello({
  versions: ['1.3', '1.2'],
  suites: ['TLS_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'],
  serverName: null,
})
