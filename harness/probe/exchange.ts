import type { Socket } from 'node:net'
import { Client, type buildConnector, type Dispatcher } from 'undici'
import { startOf } from './body.ts'
import type { SeenHttp } from './observation.ts'
import type { Watch } from './watch.ts'

export type Request = Dispatcher.RequestOptions & { headers: Record<string, string> }
/** What goes over one connection. */
export interface Requests {
  /** Each must be answered with 2xx for the next one to be sent. */
  readonly before: readonly Request[]
  readonly last: Request
}
type ConnectorOf = buildConnector.connector

/**
 * Sends the requests over `socket`, one after the other, and closes it. The answer to the last; undefined when no
 * status came, or when it was not sent, with the reason in `watch`.
 */
export async function exchange(
  socket: Socket,
  { before, last }: Requests,
  watch: Watch,
  lines: string | undefined,
): Promise<SeenHttp | undefined> {
  const client = clientOver(socket)
  try {
    for (const request of before)
      if (!granted(await answerOver(client, request, watch, undefined), watch)) return undefined
    return await answerOver(client, last, watch, lines)
  } finally {
    watch.end('ours')
    socket.destroy()
    client.destroy(() => undefined)
  }
}

/** An answer that lets the next request be sent. */
function granted(answer: SeenHttp | undefined, watch: Watch): boolean {
  if (answer === undefined) return false
  if (answer.status >= 200 && answer.status < 300) return true
  const message = `the request before it on the connection was answered with ${String(answer.status)}`
  watch.error ??= { code: 'NOT_SENT', message }
  return false
}

/** Milliseconds an idle connection is kept by its client. */
const keepLimit = 600_000

/** A client of one connection. The socket is handed over as it is, so undici needs to know nothing of TLS. */
export const clientOver = (socket: Socket): Client =>
  new Client('http://member', {
    allowH2: false,
    maxCachedSessions: 0,
    pipelining: 1,
    keepAliveTimeout: keepLimit,
    keepAliveMaxTimeout: keepLimit,
    connect: once(socket),
  })

/** One request and its answer; undefined when no status came, with the reason in `watch`. */
export async function answerOver(
  client: Client,
  request: Request,
  watch: Watch,
  lines: string | undefined,
): Promise<SeenHttp | undefined> {
  const expired = new AbortController()
  const timer = setTimeout(() => {
    watch.expire('the HTTP response')
    expired.abort()
  }, watch.left())
  // undici does not heed the signal of a request that it has not dispatched yet.
  const expiry = Promise.withResolvers<never>()
  expired.signal.addEventListener('abort', () =>
    expiry.reject(new Error('no HTTP response within the limit')),
  )
  try {
    const response = await Promise.race([
      client.request({ ...request, signal: expired.signal }),
      expiry.promise,
    ])
    const headers = flat(response.headers)
    return { status: response.statusCode, headers, body: await startOf(response.body, watch, lines) }
  } catch (error) {
    if (watch.closed === undefined) watch.fail(error)
    return undefined
  } finally {
    clearTimeout(timer)
  }
}

/** Hands the connection over a single time: after a close undici would ask again, and get the dead one. */
function once(socket: Socket): ConnectorOf {
  let handed = false
  return (_options, callback) =>
    // Not within the call: undici would not see the connection it is just asking for.
    queueMicrotask(() => {
      if (handed || socket.destroyed) return callback(new Error('the connection is gone'), null)
      handed = true
      callback(null, socket)
    })
}

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
