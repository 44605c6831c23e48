import {
  authority,
  certificateOf,
  changed,
  etcd,
  http,
  keyOf,
  notStarted,
  over,
  scenario,
  served,
  started,
  starts,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  answersVersion,
  askVersion,
  client,
  demanding,
  id,
  secured,
  server,
  tlsVersions,
  turnedAway,
} from './basic-setup.worlds.ts'

/** A leaf of the trusted CA, and one that an intermediate of it signed. */
const leaf = { ...client, issuer: 'intermediate' }
const trusted = {
  direct: { good: client, bad: { ...client, issuer: 'other' } },
  'through-intermediate': { good: { ...leaf, chain: ['intermediate'] }, bad: leaf },
} as const

const trustingOnly = changed(secured, { 'trusted-ca-file': authority() })

const withoutCertificate = { 'cert-file': undefined, 'key-file': undefined }
const securedPeer = etcd({
  peer: 'https',
  options: { 'peer-cert-file': certificateOf(server), 'peer-key-file': keyOf(server) },
})
const withoutPeerCertificate = { 'peer-cert-file': undefined, 'peer-key-file': undefined }

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'cert-file-serves-https': {
      says: 'With a certificate and its key the client URL speaks TLS, and members advertise it as https.',
      cites: ['cc360582', 'fe02bdc6', '62289871', 'a07243bd'],
      ...over({ shows: ['version', 'advertised-url'], tls: tlsVersions }, ({ shows, tls }) => ({
        given: secured,
        when:
          shows === 'version'
            ? askVersion({ version: tls })
            : http({
                scheme: 'https',
                method: 'POST',
                path: '/v3/cluster/member/list',
                body: {},
                tls: { version: tls },
              }),
        then: served({
          contains: shows === 'version' ? answersVersion : ['"clientURLs":["https://'],
          tls,
          verified: true,
        }),
        needs: { tls },
      })),
    },

    'trusted-ca-file-decides': {
      says: 'A client certificate of the trusted CA is accepted, also when an intermediate of it signed and comes along.',
      cites: ['ff7cb96c'],
      ...over({ leaf: ['direct', 'through-intermediate'], tls: tlsVersions }, ({ leaf, tls }) => ({
        given: demanding,
        when: askVersion({ as: trusted[leaf].good, version: tls }),
        then: served({ contains: answersVersion, tls }),
        unlike: askVersion({ as: trusted[leaf].bad, version: tls }),
        needs: { tls },
      })),
    },

    'only-client-cert-auth-asks-for-certificates': {
      says: 'A trusted CA alone names the authority; the demand for a certificate is made by --client-cert-auth.',
      cites: ['0e4fc19a', 'ff7cb96c'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: trustingOnly,
        when: askVersion({ version: tls }),
        then: served({ contains: answersVersion, tls }),
        needs: { tls },
        known: turnedAway(
          tls,
          '>=3.4.0',
          'From 3.4.0 a trusted CA alone makes etcd demand a certificate (ServerConfig, pkg/transport/listener.go); to 3.3 --ca-file did.',
        ),
      })),
    },

    'auto-tls-serves-https': {
      says: 'With --auto-tls the client URL speaks TLS, with a certificate that etcd makes itself.',
      cites: ['3db41baf'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: etcd({ client: 'https', options: { 'auto-tls': true } }),
        when: askVersion({ trust: 'anybody', version: tls }),
        then: served({ contains: answersVersion, tls }),
        needs: { tls },
      })),
    },

    'https-url-needs-a-certificate': {
      says: 'An https listen URL needs a certificate; an advertised URL may be https over a listener that is not.',
      cites: ['62289871'],
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
    },
  },
})
