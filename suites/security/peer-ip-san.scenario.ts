import {
  cluster,
  formed,
  forms,
  http,
  joined,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type HttpProbe,
  type JoinProbe,
  type KnownDeviation,
  type MemberSpec,
  type RefusalReason,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  accepted,
  bothLetIn,
  candidate,
  joinable,
  joinsAs,
  letIn,
  listening,
  nobodyChecked,
  peer,
  unguarded,
} from './peer-names.worlds.ts'

/**
 * A peer whose certificate has addresses: `checkCertSAN` of client/pkg/transport/listener_tls.go (3.4: pkg/transport).
 * It asks Go's VerifyHostname whether one of them is the peer's; only if none is, and there are names too, it goes on
 * to look those up. The certificate is verified before, so TLS versions differ in nothing but the handshake.
 */
const id = 'security/peer-ip-san'

const [b, other] = ['10.138.0.2', '10.138.0.27']
/** One name leads to B, and nothing leads back from it; no other name exists. */
const zone = { forward: { 'b.com': [b] } }
const peers = joinable(zone, { b: candidate(b, b) })
const listener = listening(zone, { b: { at: b } })

const ways = ['member', 'tls-1.2', 'tls-1.3'] as const
type As = (typeof ways)[number]
const tlsOf = (as: As): '1.2' | '1.3' => (as === 'tls-1.2' ? '1.2' : '1.3')
const asks = (as: As, ...hosts: readonly string[]): HttpProbe =>
  http({
    from: 'b',
    listener: 'peer',
    scheme: 'https',
    path: '/version',
    tls: { as: peer(...hosts), version: tlsOf(as) },
  })
const joining = (...hosts: readonly string[]): JoinProbe => joinsAs('b', ...hosts)

/** B is taken in with these hosts in its certificate, and nothing is asked about it. */
const taken = (as: As, ...hosts: readonly string[]) => {
  const neverAsked = [`PTR ${b}`, ...hosts.filter((host) => /[a-z]/.test(host)).map((name) => `A ${name}`)]
  return as === 'member'
    ? ({ given: peers, when: joining(...hosts), then: joined({ neverAsked }) } as const)
    : ({
        given: listener,
        when: asks(as, ...hosts),
        then: served({ ...accepted, neverAsked }),
        needs: { tls: tlsOf(as) },
      } as const)
}
const alike = nobodyChecked('wrong-address-is-denied')

/** B is turned away with these hosts, and with its own address it is taken in. */
const turnedAway = (as: As, reason: RefusalReason, ...hosts: readonly string[]) =>
  as === 'member'
    ? ({
        given: peers,
        when: joining(...hosts),
        then: refused({ by: 'a' }),
        because: { reason },
        unlike: joining(b),
        without: unguarded(peers),
        before: letIn('member'),
      } as const)
    : ({
        given: listener,
        when: asks(as, ...hosts),
        then: refused(),
        because: { reason },
        unlike: asks(as, b),
        without: unguarded(listener),
        needs: { tls: tlsOf(as) },
        before: letIn('client'),
      } as const)

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

/** Members on ::1, where a network has no IPv6. */
const six = (name: string, port: number, hosts: readonly string[]): MemberSpec => ({
  loopback: { client: port, peer: port + 1 },
  host: '[::1]',
  peer: 'https',
  options: {
    ...peerPair({ cn: name, hosts }),
    'listen-peer-urls': `https://[::1]:${String(port + 1)}`,
    'listen-client-urls': ['127.0.0.1', '[::1]'].map((at) => `http://${at}:${String(port)}`),
  },
})
const overSix = cluster({
  members: { a: six('a', 2379, ['2001:db8::27', '::1']), c: six('c', 22379, ['::1', '2001:db8::27']) },
  clients: { b: { at: '::1' } },
})
const fromSix = (as: As, ...hosts: string[]): HttpProbe => ({
  ...asks(as),
  to: 'a',
  tls: { as: peer(...hosts), version: tlsOf(as), serverName: '::1' },
})

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

    'one-of-several-addresses': {
      says: 'One of several addresses is enough, of either kind.',
      cites: ['cc6d7920'],
      since: '3.2.0',
      ...over({ address: ['ipv4', 'ipv4-beside-ipv6', 'ipv6'], as: ways }, ({ address, as }) => {
        if (address === 'ipv4') return { ...taken(as, other, '10.138.0.28', b), before: alike }
        if (address === 'ipv4-beside-ipv6') return { ...taken(as, '2001:db8::2', b), before: alike }
        return as === 'member'
          ? { given: overSix, when: forms({ to: 'a' }), then: formed(), before: alike }
          : {
              given: overSix,
              when: fromSix(as, '2001:db8::27', '::1'),
              then: served(accepted),
              unlike: fromSix(as, '2001:db8::27'),
              before: bothLetIn,
              needs: { tls: tlsOf(as) },
            }
      }),
    },
  },
})
