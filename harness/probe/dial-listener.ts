import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket } from 'node:tls'
import { defined } from '../defined.ts'
import { certificateOf, keyOf } from '../../fixtures/credential.ts'
import { listenerPair, type DialsProbe } from '../scenario/cluster.ts'
import type { ClusterContext } from '../world/running.ts'
import { seenCertificate } from './certificate.ts'
import type { SeenDial } from './observation.ts'
import { versionNamed } from './versions.ts'

/** Milliseconds until a member must have dialled a new one: rafthttp tries every 100 ms (`transport.go`, DialRetryFrequency). */
const dialLimit = 5_000
/** What a TLS client sends first is a record of this type (RFC 8446 5.1). */
const handshakeRecord = 22

/** A listener of ours, in a member's place. */
export interface DialListener {
  readonly port: number
  /** The member dialled, or the limit from now on is over. */
  readonly dialled: () => Promise<unknown>
  /** What it showed so far. */
  readonly seen: () => SeenDial | undefined
  readonly end: () => void
}

/** Listens for TLS, and notes what comes from `to`: the first finished handshake, and what came without one. Every connection is closed. */
export async function listen(spec: DialsProbe, context: ClusterContext): Promise<DialListener> {
  const from = context.member(spec.to).address
  const { promise, resolve } = Promise.withResolvers<unknown>()
  let handshake: SeenDial | undefined
  let clear: string | undefined
  const tls = await tlsServer(spec, context, (socket) => {
    if (remoteOf(socket) !== from) return
    handshake ??= seenDial(socket)
    resolve(undefined)
  })
  const server = sorting(tls, (socket, first) => {
    if (remoteOf(socket) !== from) return
    clear ??= firstLine(first)
    resolve(undefined)
  })
  server.listen(0, context.hostAddress)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    dialled: () => {
      const timer = setTimeout(resolve, dialLimit)
      return promise.finally(() => clearTimeout(timer))
    },
    seen: () =>
      clear === undefined && handshake === undefined
        ? undefined
        : { from, ...handshake, ...defined({ inClear: clear }) },
    end: () => {
      resolve(undefined)
      server.close()
    },
  }
}

/** Gives on what begins like TLS; anything else the server would destroy without a word. */
function sorting(tls: Server, inClear: (socket: Socket, first: Buffer) => void): Server {
  return createServer((socket) => {
    socket.on('error', () => undefined)
    socket.setTimeout(dialLimit, () => socket.destroy())
    socket.once('data', (first: Buffer) => {
      if (first[0] === handshakeRecord) {
        socket.pause()
        socket.unshift(first)
        tls.emit('connection', socket)
        return
      }
      inClear(socket, first)
      socket.destroy()
    })
  })
}

async function tlsServer(
  spec: DialsProbe,
  context: ClusterContext,
  finished: (socket: TLSSocket) => void,
): Promise<Server> {
  const pair = listenerPair(spec, context.hostAddress)
  const server = createTlsServer({
    cert: await context.pem(certificateOf(pair)),
    key: await context.pem(keyOf(pair)),
    requestCert: true,
    rejectUnauthorized: false,
  })
  server.on('secureConnection', (socket) => {
    socket.on('error', () => undefined)
    finished(socket)
    socket.destroy()
  })
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}

const remoteOf = ({ remoteAddress = '' }: Socket): string => remoteAddress.replace(/^::ffff:/, '')

const firstLine = (bytes: Buffer): string =>
  (bytes.toString('latin1').split('\r\n', 1)[0] ?? '').slice(0, 120).replaceAll(/[^ -~]/g, '.')

function seenDial(socket: TLSSocket): SeenDial {
  const { servername } = socket as { servername?: string | false }
  return {
    from: remoteOf(socket),
    ...defined({
      certificate: seenCertificate(socket.getPeerX509Certificate()),
      serverName: servername === false ? undefined : servername,
      version: versionNamed(socket.getProtocol()),
    }),
  }
}
