import type { Socket } from 'node:net'
import { alertIn, alertRecord } from './alerts.ts'
import type { Alert, SeenClose, SeenTls } from './observation.ts'

/** Characters kept of an error message. */
const kept = 1024

type Failure = Error & { code?: string; data?: unknown }

/** What is known of one connection while it lives. The first end and the first error count. */
export class Watch {
  /** Milliseconds the whole probe may take. */
  readonly limit: number
  connected = false
  localPort: number | undefined
  tls: SeenTls | undefined
  alert: Alert | undefined
  closed: SeenClose | undefined
  error: { code: string; message: string } | undefined
  #started = performance.now()
  #wire: Socket | undefined

  constructor(limit: number) {
    this.limit = limit
  }

  /** Milliseconds since the start of the probe. */
  elapsed(): number {
    return Math.round(performance.now() - this.#started)
  }

  /** Milliseconds that are left, at least 1: a timer of 0 would not let a ready answer through. */
  left(): number {
    return Math.max(1, Math.ceil(this.limit - (performance.now() - this.#started)))
  }

  /** Bytes came back over the wire. */
  get answered(): boolean {
    return (this.#wire?.bytesRead ?? 0) > 0
  }

  /** TCP connected: `wire` is the socket whose bytes count. */
  connectedBy(wire: Socket): void {
    this.connected = true
    this.localPort = wire.localPort
    this.#wire = wire
  }

  /** Notes how `socket` ends; call once per layer that reports errors or the other side's end. */
  follow(socket: Socket): void {
    socket.on('error', (error) => this.fail(error))
    socket.on('end', () => this.end('end'))
  }

  end(how: SeenClose['how']): void {
    this.closed ??= { how, after: this.elapsed() }
  }

  /** Notes an error and what it says about the end of the connection; none after the client closed it itself. */
  fail(error: unknown): void {
    if (this.closed?.how === 'ours' || this.closed?.how === 'limit') return
    const { code, message, name, data } = asFailure(error)
    this.error ??= { code: code ?? name, message: readable(message) }
    // What undici cannot read as HTTP may be the alert of a server that expected TLS.
    const alert = alertIn(message) ?? (typeof data === 'string' ? alertRecord(data) : undefined)
    if (alert !== undefined) this.alert ??= alert
    this.end(alert === undefined ? endOf(code) : 'alert')
  }

  /** Nothing came in the time of the probe. */
  expire(waitedFor: string): void {
    this.error ??= { code: 'LIMIT', message: `waited for ${waitedFor}, nothing came in ${this.limit} ms` }
    this.end('limit')
  }
}

/** How an error ended the connection. A FIN within a handshake was noted as `end` before Node calls it ECONNRESET. */
function endOf(code: string | undefined): SeenClose['how'] {
  if (code === 'ECONNREFUSED') return 'refused'
  return code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'ours'
}

const asFailure = (error: unknown): Failure => (error instanceof Error ? error : new Error(String(error)))

/** OpenSSL's message without its thread id, source file and line, which differ from run to run. */
function readable(message: string): string {
  const openssl = /(error:[0-9A-F]+:[^:]*:[^:]*:[^:]*):.*?(:SSL alert number \d+)?\s*$/s.exec(message)
  return (openssl ? `${openssl[1]}${openssl[2] ?? ''}` : message).slice(0, kept)
}
