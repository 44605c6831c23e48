import semver from 'semver'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { certificateOf, keyOf } from '../../fixtures/credential.ts'
import { HarnessError } from '../errors.ts'
import { listenerPair, type DialsProbe } from '../scenario/cluster.ts'
import type { TlsVersion } from '../scenario/probe.ts'
import type { ClusterContext } from '../world/running.ts'
import { seenCertificate } from './certificate.ts'
import { clusterCalls } from './cluster-calls.ts'
import type { Observation, SeenDial } from './observation.ts'
import { defined } from './report.ts'

/** Milliseconds until a member must have dialled a new one: rafthttp tries every 100 ms (`transport.go`, DialRetryFrequency). */
const dialLimit = 5_000

/**
 * A listener of ours, with a certificate of the world's `ca`, is announced as a member, and the first handshake that
 * `to` finishes with it is noted. Then it is taken off the list again.
 * Errors: HarnessError `not-removed`; those of the world.
 */
export async function observeDial(spec: DialsProbe, context: ClusterContext): Promise<Observation> {
  const at = new Date()
  const watch = performance.now()
  const member = context.member(spec.to)
  const server = await listen(spec, context)
  const { port } = server.address() as AddressInfo
  const calls = clusterCalls(context, spec.tls)
  const dialled = first(server, member.address)
  try {
    // A learner is dialled and has no vote: a cluster of one keeps its quorum. Before 3.4.0 there are none.
    const learner = semver.gte(context.subject.etcd, '3.4.0')
    const added = await calls.add(spec.to, `https://${context.hostAddress}:${String(port)}`, learner)
    const seen = 'is' in added ? await dialled.seen : undefined
    if ('is' in added) await removed(spec.to, await calls.remove(spec.to, added.is))
    return {
      probe: dialInWords(spec),
      at: at.toISOString(),
      milliseconds: performance.now() - watch,
      to: member.address,
      connected: 'is' in added,
      answered: seen !== undefined,
      ...(seen === undefined
        ? { closed: { how: 'limit', after: performance.now() - watch } }
        : { dial: seen }),
      ...('failed' in added ? { error: { code: 'not-added', message: added.failed } } : {}),
      byHand: calls.byHand,
      log: [],
    }
  } finally {
    dialled.end()
    server.close()
  }
}

async function listen(spec: DialsProbe, context: ClusterContext): Promise<Server> {
  const pair = listenerPair(spec, context.hostAddress)
  const server = createServer({
    cert: await context.pem(certificateOf(pair)),
    key: await context.pem(keyOf(pair)),
    requestCert: true,
    rejectUnauthorized: false,
  })
  server.listen(0, context.hostAddress)
  await once(server, 'listening')
  return server
}

/** The first finished handshake that comes from an address, within the limit; every connection is closed. */
function first(server: Server, address: string) {
  const { promise, resolve } = Promise.withResolvers<SeenDial | undefined>()
  const timer = setTimeout(resolve, dialLimit, undefined)
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined)
    if (remoteOf(socket) === address) resolve(seenDial(socket))
    socket.destroy()
  })
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return { seen: promise.finally(() => clearTimeout(timer)), end: () => resolve(undefined) }
}

const remoteOf = ({ remoteAddress = '' }: TLSSocket): string => remoteAddress.replace(/^::ffff:/, '')

const dialInWords = ({ to, as }: DialsProbe): string =>
  `${to} dials a new member${as?.cn === undefined ? '' : `, ${as.cn}`}`

function seenDial(socket: TLSSocket): SeenDial {
  const { servername } = socket as { servername?: string | false }
  return {
    from: remoteOf(socket),
    ...defined({
      certificate: seenCertificate(socket.getPeerX509Certificate()),
      serverName: servername === false ? undefined : servername,
      version: versions[socket.getProtocol() ?? ''],
    }),
  }
}

const versions: Readonly<Record<string, TlsVersion>> = {
  TLSv1: '1.0',
  'TLSv1.1': '1.1',
  'TLSv1.2': '1.2',
  'TLSv1.3': '1.3',
}

async function removed(
  to: string,
  answer: { readonly is: true } | { readonly failed: string },
): Promise<void> {
  if ('is' in answer) return
  throw new HarnessError(
    'not-removed',
    `Our listener could not be taken off the list of ${to}: ${answer.failed}.`,
  )
}
