import { getCiphers, type ConnectionOptions } from 'node:tls'
import { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
import { passphrase } from '../../fixtures/pki/key-text.ts'
import { HarnessError } from '../errors.ts'
import type { ClientTls } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { serverNameOf, type Target } from './target.ts'
import { nodeNames, suitesFor } from './versions.ts'

/** How one connection speaks TLS, with its PEM texts. */
export interface ReadyTls {
  readonly options: ConnectionOptions
  /** SNI and name to verify; null: no SNI, the address is verified. */
  readonly serverName: string | null
  /** The client closes when its verification of the server fails. */
  readonly verifies: boolean
}

/** Errors: HarnessError `suite-not-offered` where this host's OpenSSL cannot offer a suite. */
export async function readyTls(
  tls: ClientTls | undefined,
  target: Target,
  context: ProbeContext,
  protocol: 'http/1.1' | 'h2',
): Promise<ReadyTls> {
  const trust = tls?.trust ?? 'ca'
  const verifies = trust !== 'anybody'
  const lowered = suitesFor(tls?.version)
  const options: ConnectionOptions = {
    minVersion: nodeNames[tls?.version ?? '1.2'],
    maxVersion: nodeNames[tls?.version ?? '1.3'],
    ALPNProtocols: [protocol],
    // An empty list is no authority at all; leaving it out would be Node's own store.
    ca: trust === 'nobody' || !verifies ? [] : [await context.pem(authority(trust))],
    ...(lowered ? { ciphers: lowered } : {}),
    ...(tls?.ciphers ? { ciphers: cipherList(tls.ciphers) } : {}),
    ...(tls?.as ? { cert: await context.pem(certificateOf(tls.as)) } : {}),
    ...(tls?.as ? { key: await context.pem(keyOf(tls.as)), passphrase } : {}),
  }
  return { options, verifies, serverName: serverNameOf(tls?.serverName, target, context) }
}

/** OpenSSL's list; security level 0 so that OpenSSL's own taste is not what refuses. */
function cipherList(names: readonly string[]): string {
  const offered = new Set(getCiphers())
  const missing = names.find((name) => !offered.has(name.toLowerCase()))
  if (missing !== undefined)
    throw new HarnessError(
      'suite-not-offered',
      `This Node's OpenSSL (${process.versions.openssl}) cannot offer the cipher suite ${missing}: use a hello probe.`,
    )
  const legacy = names.some((name) => !name.startsWith('TLS_'))
  return [...names, ...(legacy ? ['@SECLEVEL=0'] : [])].join(':')
}
