import {
  authority,
  certificateOf,
  changed,
  etcd,
  grpc,
  http,
  keyOf,
  notStarted,
  over,
  refused,
  served,
  started,
  starts,
  type Claim,
  type TlsVersion,
} from 'etcd-tls/scenario'
import { answersVersion, askVersion, client, demanding, secured, server } from './basic-setup.worlds.ts'

/** A leaf of the trusted CA, and one that an intermediate of it signed. */
const leaf = { ...client, issuer: 'intermediate' }
const trusted = {
  direct: { good: client, bad: { ...client, issuer: 'other' } },
  'through-intermediate': { good: { ...leaf, chain: ['intermediate'] }, bad: leaf },
} as const

export const trustingOnly = changed(secured, { 'trusted-ca-file': authority() })

const withoutCertificate = { 'cert-file': undefined, 'key-file': undefined }
const securedPeer = etcd({
  peer: 'https',
  options: { 'peer-cert-file': certificateOf(server), 'peer-key-file': keyOf(server) },
})
const withoutPeerCertificate = { 'peer-cert-file': undefined, 'peer-key-file': undefined }

/** What both pages promise, in the same sentence. */
export const trustedCaFileDecides = <const V extends TlsVersion>(versions: readonly V[]): Claim => ({
  says: 'A client certificate of the trusted CA is accepted, also when an intermediate of it signed and comes along.',
  cites: ['ff7cb96c'],
  ...over({ leaf: ['direct', 'through-intermediate'], tls: versions }, ({ leaf, tls }) => ({
    given: demanding,
    when: askVersion({ as: trusted[leaf].good, version: tls }),
    then: served({ contains: answersVersion, tls }),
    unlike: askVersion({ as: trusted[leaf].bad, version: tls }),
    needs: { tls },
  })),
})

/** What listens in clear. */
const inClear = etcd({ options: {} })
const worlds = { shown: secured, demanded: demanding } as const
const range = { call: 'range', request: { key: 'foo' } } as const
const askedBy = {
  http: {
    inClear: http({ scheme: 'http', path: '/version' }),
    overTls: askVersion({ as: client }),
    control: served({ contains: answersVersion }),
  },
  grpc: {
    inClear: grpc({ scheme: 'http', ...range }),
    overTls: grpc({ scheme: 'https', ...range, tls: { as: client } }),
    control: served(),
  },
} as const

/** What HTTP/1.1 shows on those builds, see `toPlaintext` (fixtures/refusal-alerts.ts). */
const readable = {
  range: '>=1.12.0',
  why: 'an older Go answers plaintext with an alert in a TLS record, which a gRPC client in clear cannot read',
}

/**
 * Both again: a listener with a certificate has no second side in clear, though one could have both (`serve`,
 * embed/serve.go, tells plaintext from TLS by its first bytes).
 */
export const plaintextIsRefused = (
  cites: readonly string[],
  by: readonly (keyof typeof askedBy)[],
): Claim => ({
  says: 'With a certificate and its key the client port answers nothing in clear, whether clients need a certificate or not.',
  cites,
  ...over({ by, certificates: ['shown', 'demanded'] }, ({ by, certificates }) => {
    const { inClear: when, overTls, control } = askedBy[by]
    return {
      given: worlds[certificates],
      when,
      then: refused(),
      because: { reason: 'plaintext-to-tls' },
      unlike: overTls,
      control,
      without: inClear,
      ...(by === 'grpc' ? { needs: { go: readable } } : {}),
    }
  }),
})

/** Likewise, in a sentence of each. */
export const httpsUrlNeedsACertificate = (cites: readonly string[]): Claim => ({
  says: 'An https listen URL needs a certificate; an advertised URL may be https over a listener that is not.',
  cites,
  ...over({ url: ['listen-client', 'listen-peer', 'advertise-client'] }, ({ url }) => {
    if (url === 'advertise-client')
      return { given: etcd({ advertises: 'https', options: {} }), when: starts(), then: started() }
    const client = url === 'listen-client'
    return {
      given: client ? changed(secured, withoutCertificate) : changed(securedPeer, withoutPeerCertificate),
      when: starts(),
      then: notStarted(),
      because: {
        failure: client ? 'https-url-without-certificate' : 'https-peer-url-without-certificate',
      },
      unlike: client ? secured : securedPeer,
    }
  }),
})
