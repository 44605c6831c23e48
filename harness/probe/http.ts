import type { Socket } from 'node:net'
import { Client, type buildConnector, type Dispatcher } from 'undici'
import type { HttpProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { startOf } from './body.ts'
import { httpByHand } from './by-hand.ts'
import { readyTls } from './client-tls.ts'
import { dial } from './dial.ts'
import { tlsInWords } from './in-words.ts'
import type { Observation, SeenHttp } from './observation.ts'
import { report } from './report.ts'
import { fromInWords, targetOf, type Target } from './target.ts'
import { secure } from './tls-client.ts'
import { Watch } from './watch.ts'

/**
 * One HTTP/1.1 request over a connection of its own, with the headers curl sends, its name included (undici adds `connection`).
 * The request goes out only after the server's word on the client's certificate is in. Redirects are not followed.
 */
export async function http(spec: HttpProbe, context: ProbeContext): Promise<Observation> {
  const target = targetOf(spec.to, context, spec.listener)
  const route = await context.route(spec.to, spec.listener ?? 'client', spec.from)
  const ready = spec.scheme === 'https' ? await readyTls(spec.tls, target, context, 'http/1.1') : undefined
  const request = requestOf(spec, target, context)
  const at = new Date()
  const watch = new Watch(context.limit)
  const wire = await dial(route.address, route.port, watch)
  const socket = wire && ready ? await secure(wire, ready, target.address, watch) : wire
  const answer = socket && (await exchange(socket, request, watch, spec.lines))
  wire?.destroy()
  return report(watch, {
    probe: `${request.method} ${spec.scheme}://${spec.to}${spec.path}${fromInWords(spec)}${hostInWords(spec)}${tlsInWords(spec.scheme, spec.tls)}`,
    at,
    target,
    seenAs: route.seenAs,
    byHand: httpByHand(spec, target, context),
    ...(answer ? { http: answer } : {}),
  })
}

/** Host header where it is not the member's own. */
const hostInWords = ({ host }: HttpProbe): string => (host === undefined ? '' : `, Host ${host}`)

export type Request = Dispatcher.RequestOptions & { headers: Record<string, string> }

type ConnectorOf = buildConnector.connector

export function requestOf(spec: HttpProbe, target: Target, context: ProbeContext): Request {
  const { body } = spec
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const type = typeof body === 'object' ? 'application/json' : 'application/x-www-form-urlencoded'
  const given = Object.entries(spec.headers ?? {}).map(([name, value]) => [name, context.resolve(value)])
  return {
    method: spec.method ?? (body === undefined ? 'GET' : 'POST'),
    path: context.resolve(spec.path),
    headers: {
      Host: spec.host === undefined ? `${target.name}:${target.port}` : context.resolve(spec.host),
      // A name of our own would tell a server that it is being tested.
      'User-Agent': 'curl/8.14.1',
      Accept: '*/*',
      ...(text === undefined ? {} : { 'Content-Type': type }),
      ...(Object.fromEntries(given) as Record<string, string>),
    },
    ...(text === undefined ? {} : { body: context.resolve(text) }),
  }
}

/** Sends the request over `socket` and closes it; undefined when no status came, with the reason in `watch`. */
async function exchange(
  socket: Socket,
  request: Request,
  watch: Watch,
  lines: string | undefined,
): Promise<SeenHttp | undefined> {
  const client = clientOver(socket)
  try {
    return await answerOver(client, request, watch, lines)
  } finally {
    watch.end('ours')
    socket.destroy()
    client.destroy(() => undefined)
  }
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
