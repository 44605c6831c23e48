import type { ListenerName } from '../explain/claims.ts'
import { dial } from '../probe/dial.ts'
import { answerOver, clientOver } from '../probe/exchange.ts'
import { secure } from '../probe/tls-client.ts'
import { nodeNames } from '../probe/versions.ts'
import { Watch } from '../probe/watch.ts'
import type { TlsVersion } from '../scenario/probe.ts'
import type { LogLine } from '../world/log-line.ts'
import type { ProbeContext } from '../world/running.ts'
import type { Pair } from './bench.ts'

/** What a client that does not look at etcd's certificate met. */
export interface Met {
  readonly accepted: boolean
  /** How it ended, in one line. */
  readonly ended: string
  readonly alert?: number
  /** etcd's own words for this connection; undefined when it said nothing in time. */
  readonly logged?: string
}

export interface Connecting {
  readonly listener: ListenerName
  readonly pair: Pair | undefined
  /** The only version that is offered. */
  readonly tls: TlsVersion | undefined
}

/** Milliseconds for the line of a refused connection. */
const logLimit = 1_500

/** One request to m1 over TLS; to the peer port from the caller's address. */
export async function connectTo(context: ProbeContext, { listener, pair, tls }: Connecting): Promise<Met> {
  const route = await context.route('m1', listener, listener === 'peer' ? 'caller' : undefined)
  const { log } = context.member('m1')
  const from = log.lines.length
  const watch = new Watch(context.limit)
  const wire = await dial(route.address, route.port, watch)
  const ready = {
    verifies: false,
    serverName: null,
    options: {
      minVersion: nodeNames[tls ?? '1.2'],
      maxVersion: nodeNames[tls ?? '1.3'],
      ALPNProtocols: ['http/1.1'],
      // OpenSSL's own taste in keys and digests is not what is asked.
      ciphers: 'DEFAULT:@SECLEVEL=0',
      ...pair,
    },
  }
  const socket = wire && (await secure(wire, ready, route.address, watch))
  const client = socket && clientOver(socket)
  const path = listener === 'peer' ? '/members' : '/version'
  const request = { method: 'GET' as const, path, headers: { Host: 'm1.etcd.local:2379', Accept: '*/*' } }
  const answer = client && (await answerOver(client, request, watch, undefined))
  client?.destroy(() => undefined)
  socket?.destroy()
  wire?.destroy()
  if (answer !== undefined) return { accepted: true, ended: `HTTP status ${String(answer.status)}` }
  const ours = ({ remotePort, remoteAddress, error }: LogLine): boolean =>
    error !== undefined &&
    (route.seenAs === undefined
      ? remotePort === watch.localPort
      : remoteAddress?.includes(route.seenAs) === true)
  const line = await log.waitFor(ours, { from, limit: logLimit })
  const { alert, error, closed } = watch
  const ended =
    alert?.direction === 'received'
      ? `TLS alert ${String(alert.number)} ${alert.name}`
      : (error?.message ?? `closed (${closed?.how ?? 'no answer'})`)
  return {
    accepted: false,
    ended,
    ...(alert === undefined ? {} : { alert: alert.number }),
    ...(line?.error === undefined ? {} : { logged: line.error }),
  }
}
