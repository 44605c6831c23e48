import {
  authority,
  certificateOf,
  etcd,
  keyOf,
  http,
  over,
  refused,
  scenario,
  served,
  changed,
  type CredentialSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

const id = 'security/faq'
const tlsVersions = ['1.2', '1.3'] as const

const server: CredentialSpec = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'] }
const demanding = etcd({
  client: 'https',
  options: {
    'cert-file': certificateOf(server),
    'key-file': keyOf(server),
    'client-cert-auth': true,
    'trusted-ca-file': authority(),
  },
})
const undemanding = changed(demanding, { 'client-cert-auth': undefined, 'trusted-ca-file': undefined })

const forClients: CredentialSpec = { cn: 'machine', usages: ['clientAuth'] }
const forServers: CredentialSpec = { ...forClients, usages: ['serverAuth'] }
/** Made by the page's own commands. */
const byOpenssl = (spec: CredentialSpec): CredentialSpec => ({ ...spec, madeBy: 'openssl-ca' })

const ask = (as: CredentialSpec, version: '1.2' | '1.3') =>
  http({ scheme: 'https', path: '/version', tls: { as, version } })
const answersVersion = ['"etcdserver":"<version>"']

/** Alert handshake_failure, by its name the symptom that the question prints. */
const handshakeFailure = 40

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'client-auth-usage-is-needed': {
      says: 'A client certificate must have clientAuth among its extended key usages; without it the handshake fails.',
      cites: ['4700b595', '1e5147f5'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: demanding,
        when: ask(forServers, tls),
        then: refused(),
        because: { reason: 'wrong-usage' },
        printed: { alert: handshakeFailure },
        unlike: ask(forClients, tls),
        control: served({ contains: answersVersion, tls }),
        without: undemanding,
        needs: { tls },
        known: {
          verdict: 'drift',
          seen: { alert: 42 },
          why: 'Go sends bad_certificate for a wrong usage (processCertsFromClient, crypto/tls/handshake_server.go); handshake_failure was never its answer to that.',
        },
      })),
    },

    'openssl-recipe-works': {
      says: 'A certificate that the printed openssl commands make, with clientAuth, is accepted.',
      cites: ['08bdcc80', 'bd9ec8d4', '4df4a97e'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: demanding,
        when: ask(byOpenssl(forClients), tls),
        then: served({ contains: answersVersion, tls }),
        unlike: ask(forServers, tls),
        needs: { tls },
      })),
    },
  },
})
