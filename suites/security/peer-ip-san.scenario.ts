import { over, scenario, type KnownDeviation, type RefusalReason } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { alike, b, id, other, taken, turnedAway, ways } from './peer-ip-san.worlds.ts'

/** The printed text, and the hosts of the certificates it is to be seen with. */
const printed = { text: `x509: certificate is valid for ${other}, not ${b}` }
const wrong = {
  'documented-request': {
    hosts: ['*.example.default.svc', '*.example.default.svc.cluster.local', other],
    reason: 'dns-san-mismatch',
    known: {
      verdict: 'drift',
      seen: {
        log: /tls: \\"10\.\d+\.\d+\.2\\" does not match any of DNSNames \[\\"\*\.example\.default\.svc\\" \\"\*\.example\.default\.svc\.cluster\.local\\"\]|tls: "10\.\d+\.\d+\.2" does not match any of DNSNames/,
      },
      why: 'The certificate of the printed request has names beside the address: then they are looked up, too, and the refusal speaks of the names only (checkCertSAN). The printed text belongs to a certificate with addresses alone.',
    },
  },
  'address-alone': { hosts: [other], reason: 'ip-san-mismatch', known: undefined },
} as const satisfies Record<
  string,
  { hosts: readonly string[]; reason: RefusalReason; known: KnownDeviation | undefined }
>

const rescued: Readonly<Record<'member' | 'client', KnownDeviation>> = {
  member: {
    verdict: 'fail',
    seen: { started: true, asked: 'A b.com' },
    why: 'Where no address matches and there are names, they are looked up like those of a certificate without addresses (checkCertSAN, since 3.2.0).',
  },
  client: {
    verdict: 'fail',
    seen: { status: 200, body: /"etcdserver"/, asked: 'A b.com' },
    why: 'Where no address matches and there are names, they are looked up like those of a certificate without addresses (checkCertSAN, since 3.2.0).',
  },
}

export default scenario(id, {
  heading: headingOf(id),
  core: ['matching-address-is-accepted', 'wrong-address-is-denied', 'wrong-address-is-not-rescued-by-a-name'],
  claims: {
    'matching-address-is-accepted': {
      says: 'A peer whose certificate has its address is taken in.',
      cites: ['cc6d7920'],
      since: '3.2.0',
      ...over({ as: ways }, ({ as }) => ({ ...taken(as, b), before: alike })),
    },

    'wrong-address-is-denied': {
      says: 'A peer whose certificate has another address than its own is denied, with the text that names both.',
      cites: ['6aafbfc2', 'cc6d7920', '9e859427', '4cb86f46', '79af333d', 'c1f8ad16'],
      since: '3.2.0',
      ...over({ as: ways, certificate: ['documented-request', 'address-alone'] }, ({ as, certificate }) => {
        const { hosts, reason, known } = wrong[certificate]
        return { ...turnedAway(as, reason, ...hosts), printed, ...(known && { known }) }
      }),
    },

    'matching-address-needs-no-dns': {
      says: 'Where an address matches, names that do not exist do no harm, and are not asked about.',
      cites: ['d4eead61', 'db068474', 'aaaf8593', '4ef4091e', '7fc3c816'],
      since: '3.2.2',
      ...over({ as: ways }, ({ as }) => ({
        ...taken(as, 'invalid.domain', b),
        before: [
          alike,
          {
            how: 'the names are looked up although an address matches, and one that does not exist is turned away',
            seen: { log: /does not match any of DNSNames/ },
          },
        ],
      })),
    },

    'wrong-address-is-not-rescued-by-a-name': {
      says: 'With any address in the certificate only an address counts: a name that leads to the peer does not make up for it.',
      cites: ['cc6d7920'],
      since: '3.2.0',
      ...over({ as: ways }, ({ as }) => ({
        ...turnedAway(as, 'ip-san-mismatch', 'b.com', other),
        known: rescued[as === 'member' ? 'member' : 'client'],
      })),
    },
  },
})
