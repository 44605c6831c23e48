import { isIP, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { checkServerIdentity, connect, type CipherNameAndProtocol, type TLSSocket } from 'node:tls'
import { HarnessError } from '../errors.ts'
import { seenCertificate } from './certificate.ts'
import type { ReadyTls } from './client-tls.ts'
import { first } from './first.ts'
import type { SeenTls } from './observation.ts'
import { versionNamed } from './versions.ts'
import type { Watch } from './watch.ts'

/** Milliseconds to wait for the server's first TLS 1.3 record after the handshake; a server may send none. */
export const settleLimit = 2000

/**
 * TLS over a connected socket, without resumption. Gives the socket once the server's word on the client's
 * certificate is in: under TLS 1.3 the client finishes first (RFC 8446 2) and a refusal comes afterwards, so this
 * waits for the session ticket that Go sends after it accepted the client's Finished
 * (crypto/tls handshake_server_tls13.go) or for the alert. Undefined with the reason in `watch` otherwise.
 * Errors: HarnessError `tls-setup` when this host cannot build the ClientHello.
 */
export async function secure(
  wire: Socket,
  ready: ReadyTls,
  address: string,
  watch: Watch,
): Promise<TLSSocket | undefined> {
  const socket = start(wire, ready, address)
  watch.follow(socket)
  const settled = once(socket, 'session')
  watch.tls = { handshake: false }
  socket.once('error', () => {
    if (watch.tls?.handshake === false) watch.tls = unfinished(socket)
  })
  const finished = await first(socket, ['secureConnect'], watch, 'the TLS handshake')
  if (!finished) {
    hostMustOffer(watch)
    return undefined
  }
  watch.tls = seenTls(socket, ready.verifies)
  if (ready.verifies && watch.tls.verified !== true) return refuse(socket, watch)
  if (watch.tls.version === '1.3') {
    socket.once('session', () => (watch.tls = { handshake: true, ...watch.tls, ticket: true }))
    await settle(socket, settled, watch)
  }
  return watch.closed === undefined ? socket : undefined
}

function start(wire: Socket, ready: ReadyTls, address: string): TLSSocket {
  const { serverName, options } = ready
  const named = serverName !== null && isIP(serverName) === 0
  try {
    return connect({
      ...options,
      socket: wire,
      // RFC 6066 3: no addresses in SNI; Node verifies `host` when there is no SNI.
      host: serverName ?? address,
      ...(named ? { servername: serverName } : {}),
      // Verified as always, but judged after the certificate was noted. Node sends no alert either way.
      rejectUnauthorized: false,
      checkServerIdentity: (host, certificate) => {
        const error = checkServerIdentity(host, certificate)
        // Node keeps the code where there is one; the message says more.
        return error && new Error(error.message)
      },
    })
  } catch (cause) {
    wire.destroy()
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HarnessError('tls-setup', `This Node's OpenSSL cannot set up the client: ${why}.`, { cause })
  }
}

/** The client turns the server away. */
function refuse(socket: TLSSocket, watch: Watch): undefined {
  const reason = String(watch.tls?.verified)
  watch.error ??= {
    code: /^[A-Z_0-9]+$/.test(reason) ? reason : 'ERR_TLS_CERT_ALTNAME_INVALID',
    message: reason,
  }
  watch.end('ours')
  socket.destroy()
}

async function settle(socket: TLSSocket, ticket: Promise<void>, watch: Watch): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.min(settleLimit, watch.left()))
  })
  await Promise.race([ticket, limit, once(socket, 'close'), once(socket, 'end')])
  clearTimeout(timer)
  // 'session' is emitted from within OpenSSL's read; a write from there would be lost.
  await setImmediate()
}

const once = (socket: TLSSocket, event: string): Promise<void> =>
  new Promise((resolve) => socket.once(event, () => resolve()))

function seenTls(socket: TLSSocket, verifies: boolean): SeenTls {
  const version = versionNamed(socket.getProtocol())
  const suite = suiteOf(socket)
  const server = seenCertificate(socket.getPeerX509Certificate())
  return {
    handshake: true,
    ...(version ? { version } : {}),
    ...(suite ? { suite } : {}),
    ...(server ? { server } : {}),
    ...(verifies ? { verified: socket.authorized ? true : reasonOf(socket.authorizationError) } : {}),
  }
}

/** Undefined before the ServerHello and after the end, which Node's types leave out. */
const suiteOf = (socket: TLSSocket): string | undefined =>
  (socket.getCipher() as CipherNameAndProtocol | undefined)?.standardName

/** What an alert within the handshake left known; without a suite, which is agreed on only when it is finished. */
function unfinished(socket: TLSSocket): SeenTls {
  // Before the ServerHello OpenSSL names the highest version that was offered, and no suite.
  const version = suiteOf(socket) ? versionNamed(socket.getProtocol()) : undefined
  const server = seenCertificate(socket.getPeerX509Certificate())
  return { handshake: false, ...(version ? { version } : {}), ...(server ? { server } : {}) }
}

/** Node's types say Error; at run time it is the code where there is one, else the message. */
const reasonOf = (error: Error | string | null): string =>
  String(error instanceof Error ? error.message : (error ?? 'not verified')).slice(0, 1024)

/** A hello that OpenSSL would not send has not tested etcd. */
function hostMustOffer(watch: Watch): void {
  const code = watch.error?.code ?? ''
  if (code === 'ERR_SSL_NO_CIPHERS_AVAILABLE' || code === 'ERR_SSL_NO_PROTOCOLS_AVAILABLE')
    throw new HarnessError(
      'tls-setup',
      `This Node's OpenSSL sent no ClientHello: ${watch.error?.message ?? code}.`,
    )
}
