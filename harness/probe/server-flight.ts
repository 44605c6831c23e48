import type { TlsVersion } from '../scenario/probe.ts'
import { suiteName } from './suites.ts'
import { versionOf } from './versions.ts'
import { Malformed, Reader } from './wire.ts'

/** What the first flight of a server said so far (RFC 8446 4.1.3, RFC 5246 7.4). */
export interface Flight {
  version?: TlsVersion
  suite?: string
  /** DER of the leaf; only before TLS 1.3, where it is not encrypted. */
  leaf?: Buffer
  certificateAsked?: boolean
  /** A HelloRetryRequest: the server wants another key share. */
  retry?: boolean
  /** Description of a plaintext alert. */
  alert?: number
  /** Nothing more will come before the client speaks, or nothing readable. */
  done: boolean
}

/** Bytes of a first flight at most; chains of honest servers are far smaller. */
export const flightLimit = 128 * 1024

/** Takes the bytes of a server and reads its first flight. */
export class FlightReader {
  readonly flight: Flight = { done: false }
  #records = Buffer.alloc(0)
  #messages = Buffer.alloc(0)
  #total = 0

  /** Errors: Malformed for what is not TLS, or not in the limit. */
  push(bytes: Buffer): void {
    this.#total += bytes.length
    if (this.#total > flightLimit) throw new Malformed(`a first flight of more than ${flightLimit} bytes`)
    this.#records = Buffer.concat([this.#records, bytes])
    while (!this.flight.done && this.#record());
  }

  #record(): boolean {
    if (this.#records.length < 5) return false
    const [type, length] = [this.#records.readUInt8(0), this.#records.readUInt16BE(3)]
    const tls = type >= 20 && type <= 24 && this.#records.readUInt8(1) === 3
    if (!tls || length > 16384 + 2048) throw new Malformed(`not a TLS record: ${printable(this.#records)}`)
    if (this.#records.length < 5 + length) return false
    const body = this.#records.subarray(5, 5 + length)
    this.#records = this.#records.subarray(5 + length)
    if (type === 21) this.#alert(body)
    if (type === 22) this.#handshake(body)
    return true
  }

  #alert(body: Buffer): void {
    if (body.length !== 2) throw new Malformed(`an alert of ${body.length} bytes`)
    // Warnings go on, but for close_notify (RFC 5246 7.2.2).
    if (body.readUInt8(0) === 1 && body.readUInt8(1) !== 0) return
    this.flight.alert = body.readUInt8(1)
    this.flight.done = true
  }

  #handshake(body: Buffer): void {
    this.#messages = Buffer.concat([this.#messages, body])
    while (!this.flight.done && this.#messages.length >= 4) {
      const length = this.#messages.readUIntBE(1, 3)
      if (length > flightLimit) throw new Malformed(`a handshake message of ${length} bytes`)
      if (this.#messages.length < 4 + length) return
      const message = new Reader(this.#messages.subarray(4, 4 + length))
      readMessage(this.#messages.readUInt8(0), message, this.flight)
      this.#messages = this.#messages.subarray(4 + length)
    }
  }
}

function readMessage(type: number, message: Reader, flight: Flight): void {
  if (type === 2) readServerHello(message, flight)
  if (type === 11) flight.leaf = message.vector(3).vector(3).rest()
  if (type === 13) flight.certificateAsked = true
  if (type === 14) {
    flight.certificateAsked ??= false
    flight.done = true
  }
}

function readServerHello(message: Reader, flight: Flight): void {
  let version = message.number(2)
  const retry = message.bytes(32).toString('hex') === helloRetryRequest
  message.vector(1)
  flight.suite = suiteName(message.number(2))
  message.number(1)
  const extensions = message.left > 0 ? message.vector(2) : undefined
  while (extensions && extensions.left > 0) {
    const type = extensions.number(2)
    const body = extensions.vector(2)
    if (type === 43) version = body.number(2)
  }
  const known = versionOf(version)
  if (known === undefined) throw new Malformed(`a ServerHello of version 0x${version.toString(16)}`)
  flight.version = known
  if (retry) flight.retry = true
  // The rest of a TLS 1.3 flight is encrypted.
  flight.done = known === '1.3'
}

/** SHA-256 of "HelloRetryRequest" stands in for the random (RFC 8446 4.1.3). */
const helloRetryRequest = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'

const printable = (bytes: Buffer): string =>
  JSON.stringify(
    bytes
      .subarray(0, 40)
      .toString('latin1')
      .replaceAll(/[^\x20-\x7e]/g, '.'),
  )
