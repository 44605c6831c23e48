import { over, scenario, type KnownDeviation, type RefusalReason } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { alike, b, documented, id, other, pod, taken, turnedAway, ways } from './peer-ip-san.worlds.ts'

/** The printed text, and the hosts of the certificates it is to be seen with. */
const printed = { text: `x509: certificate is valid for ${other}, not ${b}` }
const wrong = {
  'documented-request': {
    hosts: documented,
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
  'name-elsewhere': {
    hosts: ['far.com', other],
    reason: 'dns-san-mismatch',
    known: {
      verdict: 'drift',
      seen: { log: /tls: \\?"10\.\d+\.\d+\.2\\?" does not match any of DNSNames \[\\?"far\.com\\?"\]/ },
      why: 'Beside a name the refusal speaks of the names only (checkCertSAN). The printed text belongs to a certificate with addresses alone.',
    },
  },
} as const satisfies Record<
  string,
  { hosts: readonly string[]; reason: RefusalReason; known: KnownDeviation | undefined }
>

/** How a name is found to be the peer's: it leads there, or, since 3.2.5, the names of the peer's address are looked up. */
const found = {
  forwards: {
    who: 'b',
    hosts: ['b.com', other],
    reason: 'ip-san-mismatch',
    asked: 'A b.com',
    builds: '>=3.2.0',
    why: 'Where no address matches and there are names, they are looked up like those of a certificate without addresses (checkCertSAN, since 3.2.0).',
  },
  backwards: {
    who: 'pod',
    hosts: documented,
    reason: 'dns-san-mismatch',
    asked: `PTR ${pod}`,
    builds: '>=3.2.5',
    why: "Where no address matches and there are names, the names of the peer's address are looked up, too: the printed request is good from any address whose name it covers (checkCertSAN, isHostInDNS).",
  },
} as const
const letIn = {
  member: { started: true },
  client: { status: 200, body: /"etcdserver"/ },
} as const

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
      ...over(
        { as: ways, certificate: ['documented-request', 'address-alone', 'name-elsewhere'] },
        ({ as, certificate }) => {
          const { hosts, reason, known } = wrong[certificate]
          return { ...turnedAway(as, reason, hosts), printed, ...(known && { known }) }
        },
      ),
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
      says: "With any address in the certificate only an address counts: a name that leads to the peer, or is its address's, does not make up for it.",
      cites: ['cc6d7920'],
      since: '3.2.0',
      ...over({ as: ways, match: ['forwards', 'backwards'] }, ({ as, match }) => {
        const { who, hosts, reason, asked, builds, why } = found[match]
        const seen = { ...letIn[as === 'member' ? 'member' : 'client'], asked }
        return { ...turnedAway(as, reason, hosts, who), known: { builds, verdict: 'fail', seen, why } }
      }),
    },
  },
})
