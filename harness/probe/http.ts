import type { HttpProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { httpByHand } from './by-hand.ts'
import { readyTls } from './client-tls.ts'
import { dial } from './dial.ts'
import { exchange, type Request, type Requests } from './exchange.ts'
import { tlsInWords } from './in-words.ts'
import type { Observation } from './observation.ts'
import { report } from './report.ts'
import { fromInWords, targetOf, type Target } from './target.ts'
import { secure } from './tls-client.ts'
import { Watch } from './watch.ts'

/**
 * One HTTP/1.1 request over a connection of its own, with the headers curl sends, its name included (undici adds
 * `connection`); with `afterHost` it is the second one there. Nothing goes out before the server's word on the
 * client's certificate is in. Redirects are not followed.
 */
export async function http(spec: HttpProbe, context: ProbeContext): Promise<Observation> {
  const target = targetOf(spec.to, context, spec.listener)
  const route = await context.route(spec.to, spec.listener ?? 'client', spec.from)
  const ready = spec.scheme === 'https' ? await readyTls(spec.tls, target, context, 'http/1.1') : undefined
  const requests = requestsOf(spec, target, context)
  const at = new Date()
  const watch = new Watch(context.limit)
  const wire = await dial(route.address, route.port, watch)
  const socket = wire && ready ? await secure(wire, ready, target.address, watch) : wire
  const answer = socket && (await exchange(socket, requests, watch, spec.lines))
  wire?.destroy()
  return report(watch, {
    probe: `${methodOf(spec)} ${spec.scheme}://${spec.to}${spec.path}${fromInWords(spec)}${hostInWords(spec)}${tlsInWords(spec.scheme, spec.tls)}`,
    at,
    target,
    seenAs: route.seenAs,
    byHand: httpByHand(spec, target, context),
    ...(answer ? { http: answer } : {}),
  })
}

/** Host header where it is not the member's own, and that of the request before it on the connection. */
const hostInWords = ({ host, afterHost }: HttpProbe): string =>
  (host === undefined ? '' : `, Host ${host}`) +
  (afterHost === undefined ? '' : `, on the connection of a request with Host ${afterHost}`)

const methodOf = ({ method, body }: HttpProbe): NonNullable<HttpProbe['method']> =>
  method ?? (body === undefined ? 'GET' : 'POST')

export function requestOf(spec: HttpProbe, target: Target, context: ProbeContext): Request {
  const { body } = spec
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const type = typeof body === 'object' ? 'application/json' : 'application/x-www-form-urlencoded'
  const given = Object.entries(spec.headers ?? {}).map(([name, value]) => [name, context.resolve(value)])
  return {
    method: methodOf(spec),
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

/** The request, behind the one that goes over the connection before it. */
function requestsOf(spec: HttpProbe, target: Target, context: ProbeContext): Requests {
  const { afterHost: host } = spec
  const before = host === undefined ? [] : [requestOf({ ...spec, host }, target, context)]
  return { before, last: requestOf(spec, target, context) }
}
