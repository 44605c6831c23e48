import {
  changed,
  grpc,
  over,
  refused,
  served,
  type Claim,
  type ClientTls,
  type CredentialSpec,
  type RefusalReason,
  type TlsVersion,
} from 'etcd-tls/scenario'
import { answersVersion, askVersion, client, demanding } from './basic-setup.worlds.ts'

interface Presented {
  readonly change?: Partial<CredentialSpec>
  readonly reason: RefusalReason
}
/** Certificates that are good but for one field, and why etcd turns each away. */
export const presented = {
  none: { reason: 'no-client-certificate' },
  'other-authority': { change: { issuer: 'other' }, reason: 'unknown-authority' },
  'self-signed': { change: { issuer: 'self' }, reason: 'self-signed' },
  expired: { change: { notBefore: '-2d', notAfter: '-1d' }, reason: 'expired' },
  'not-yet-valid': { change: { notBefore: '+1d', notAfter: '+2d' }, reason: 'not-yet-valid' },
} as const satisfies Record<string, Presented>
export const kinds = ['none', 'other-authority', 'self-signed', 'expired', 'not-yet-valid'] as const

/** Nothing asks for a certificate: what was refused must be served here. */
export const undemanding = { 'client-cert-auth': undefined, 'trusted-ca-file': undefined }

/** What both pages promise of --client-cert-auth, in a sentence of each. */
export const demandsACertificate = <const V extends TlsVersion>(
  cites: readonly string[],
  versions: readonly V[],
): Claim => ({
  says: 'With --client-cert-auth only a client with a valid certificate of the trusted CA is served.',
  cites,
  ...over({ certificate: kinds, tls: versions }, ({ certificate, tls }) => {
    const { reason, change }: Presented = presented[certificate]
    return {
      given: demanding,
      when: askVersion({ version: tls, ...(change && { as: { ...client, ...change } }) }),
      then: refused(),
      because: { reason },
      unlike: askVersion({ as: client, version: tls }),
      control: served({ contains: answersVersion, tls }),
      without: changed(demanding, undemanding),
      needs: { tls },
    }
  }),
})

const call = (tls: ClientTls) => grpc({ scheme: 'https', call: 'range', request: { key: 'foo' }, tls })

/**
 * The same of gRPC, whose clients settle on HTTP/2 in the handshake (ALPN h2, RFC 7301): a server may ask them
 * otherwise (`GetConfigForClient`, crypto/tls).
 */
export const grpcDemandsACertificate = <const V extends TlsVersion>(
  cites: readonly string[],
  versions: readonly V[],
): Claim => ({
  says: 'With --client-cert-auth only a client with a valid certificate of the trusted CA is served over gRPC.',
  cites,
  ...over({ certificate: kinds, tls: versions }, ({ certificate, tls }) => {
    const { reason, change }: Presented = presented[certificate]
    return {
      given: demanding,
      when: call({ version: tls, ...(change && { as: { ...client, ...change } }) }),
      then: refused(),
      because: { reason },
      unlike: call({ as: client, version: tls }),
      control: served({ tls }),
      without: changed(demanding, undemanding),
      needs: { tls },
    }
  }),
})

const protocols = { http: askVersion, grpc: call }

/**
 * Who dials an address sends no server name (RFC 6066 3), and Go lets a server choose by it what it demands
 * (`GetConfigForClient`, crypto/tls).
 */
export const demandsACertificateAtAnAddress = <
  const P extends keyof typeof protocols,
  const V extends TlsVersion,
>(
  cites: readonly string[],
  by: readonly P[],
  versions: readonly V[],
): Claim => ({
  says: 'With --client-cert-auth a client that dials an address, and so sends no server name, needs a valid certificate no less.',
  cites,
  ...over(
    { certificate: ['none', 'other-authority', 'expired'], protocol: by, tls: versions },
    ({ certificate, protocol, tls }) => {
      const { reason, change }: Presented = presented[certificate]
      const ask = (as?: CredentialSpec) =>
        protocols[protocol]({ serverName: null, version: tls, ...(as && { as }) })
      return {
        given: demanding,
        when: ask(change && { ...client, ...change }),
        then: refused(),
        because: { reason },
        unlike: ask(client),
        control: served({ ...(protocol === 'http' && { contains: answersVersion }), tls }),
        without: changed(demanding, undemanding),
        needs: { tls },
      }
    },
  ),
})
