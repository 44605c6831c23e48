import {
  over,
  refused,
  served,
  changed,
  type Claim,
  type CredentialSpec,
  type HttpProbe,
  type TlsVersion,
} from 'etcd-tls/scenario'
import { answersVersion, askVersion, demanding } from './basic-setup.worlds.ts'

const undemanding = changed(demanding, { 'client-cert-auth': undefined, 'trusted-ca-file': undefined })

const forClients: CredentialSpec = { cn: 'machine', usages: ['clientAuth'] }
const forServers: CredentialSpec = { ...forClients, usages: ['serverAuth'] }
/** Made by the pages' own commands. */
const byOpenssl = (spec: CredentialSpec): CredentialSpec => ({ ...spec, madeBy: 'openssl-ca' })

const ask = (as: CredentialSpec, version: TlsVersion): HttpProbe => askVersion({ as, version })

/** Alert handshake_failure, by its name the symptom that the question prints. */
const handshakeFailure = 40

/** What both pages answer, in the same sentences. */
export const claimsOfUsages = <const V extends TlsVersion>(tlsVersions: readonly V[]) =>
  ({
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
  }) as const satisfies Record<string, Claim>
