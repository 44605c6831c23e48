import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { TlsVersion } from '../scenario/probe.ts'
import { suiteCode } from './suites.ts'
import { versionNumber } from './versions.ts'
import { u16, u24, u8, vector16, vector8 } from './wire.ts'

/** What a ClientHello offers. */
export interface Offer {
  /** Highest first; below 1.3 a hello names only its highest (RFC 5246 E.1). */
  readonly versions: readonly TlsVersion[]
  /** IANA names, in order. */
  readonly suites: readonly string[]
  /** Null or an address sends no SNI (RFC 6066 3). */
  readonly serverName: string | null
}

/** One record with a ClientHello (RFC 8446 4.1.2, RFC 5246 7.4.1.2). Errors: HarnessError `unknown-suite`. */
export function clientHello(offer: Offer): Buffer {
  const highest = offer.versions[0] ?? '1.2'
  const legacy = highest === '1.3' ? '1.2' : highest
  const body = Buffer.concat([
    u16(versionNumber(legacy)),
    randomBytes(32),
    vector8(randomBytes(32)),
    vector16(...offer.suites.map((name) => u16(suiteCode(name)))),
    vector8(u8(0)),
    vector16(...extensions(offer)),
  ])
  const message = Buffer.concat([u8(1), u24(body.length), body])
  // Record version 1.0: what servers of every age read (RFC 8446 5.1).
  return Buffer.concat([u8(22), u16(versionNumber('1.0')), vector16(message)])
}

function extensions({ versions, serverName }: Offer): Buffer[] {
  const named = serverName !== null && isIP(serverName) === 0
  return [
    ...(named ? [extension(0, vector16(u8(0), vector16(Buffer.from(serverName, 'latin1'))))] : []),
    extension(11, vector8(u8(0))),
    extension(10, vector16(...groups.map(u16))),
    extension(23),
    extension(0xff01, vector8()),
    extension(13, vector16(...signatures(versions).map(u16))),
    ...(versions.includes('1.3') ? modern(versions) : []),
  ]
}

/** supported_versions, psk_key_exchange_modes and a key_share with a real key (RFC 8446 4.2). */
function modern(versions: readonly TlsVersion[]): Buffer[] {
  return [
    extension(43, vector8(...versions.map((version) => u16(versionNumber(version))))),
    extension(45, vector8(u8(1))),
    extension(51, vector16(u16(x25519), vector16(publicKey()))),
  ]
}

const extension = (type: number, ...body: Buffer[]): Buffer => Buffer.concat([u16(type), vector16(...body)])

const x25519 = 29
/** x25519, secp256r1, secp384r1. */
const groups = [x25519, 23, 24]

/** PSS, PKCS #1 v1.5 and ECDSA with SHA-2, and with SHA-1 where a version before 1.2 is offered. */
function signatures(versions: readonly TlsVersion[]): number[] {
  const old = versions.includes('1.0') || versions.includes('1.1')
  return [
    0x0804,
    0x0403,
    0x0807,
    0x0805,
    0x0806,
    0x0401,
    0x0501,
    0x0601,
    0x0503,
    0x0603,
    ...(old ? [0x0201, 0x0203] : []),
  ]
}

/** The 32 bytes of a fresh x25519 key (RFC 7748). */
function publicKey(): Buffer {
  const { publicKey: key } = generateKeyPairSync('x25519')
  return Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url')
}
