import {
  http,
  cluster,
  joins,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type CredentialSpec,
  type HttpProbe,
  type MemberSpec,
  type RefusalReason,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { unguarded } from './peer-names.worlds.ts'

/**
 * What a peer's certificate must say of itself. Its addresses: checkCertSAN (client/pkg/transport/listener_tls.go; 3.4:
 * pkg/transport) on the side that listens. Its usages: Go's own check of a client's certificate, and of a server's by
 * who dials (processCertsFromClient, verifyServerCertificate, crypto/tls).
 */
const id = 'security/faq'
const at = '10.138.0.2'
const loopback = '127.0.0.1'
const pairOf = (name: string, more: Partial<CredentialSpec> = {}): CredentialSpec => ({
  cn: name,
  hosts: [`@${name}`],
  ...more,
})
const member = (name: string, address: string): MemberSpec => ({
  at: address,
  peer: 'https',
  options: peerPair(pairOf(name)),
})
const peers = cluster({
  members: {
    a: member('a', '10.138.0.4'),
    c: member('c', '10.138.0.5'),
    b: { ...member('b', at), role: 'candidate' },
  },
  clients: { raw: { at: '10.138.0.3' } },
})
/** One that asks nobody for a certificate. It is alone: without an authority it could dial nobody. */
const { 'peer-cert-file': certificate, 'peer-key-file': key } = peerPair(pairOf('a'))
const undemanding = cluster({
  members: {
    a: {
      at: '10.138.0.4',
      peer: 'https',
      options: { 'peer-cert-file': certificate, 'peer-key-file': key },
    },
  },
  clients: { raw: { at: '10.138.0.3' } },
})

const ways = ['member', 'tls-1.2', 'tls-1.3'] as const
type As = (typeof ways)[number]
const asks = (as: As, certificate: CredentialSpec): HttpProbe =>
  http({
    to: 'a',
    from: 'raw',
    listener: 'peer',
    scheme: 'https',
    path: '/members',
    tls: { as: certificate, version: as === 'tls-1.2' ? '1.2' : '1.3', serverName: null, trust: 'anybody' },
  })
const joining = (more: Partial<CredentialSpec>) => joins('b', peerPair(pairOf('b', more)))
const lists = ['"peerURLs"']

interface Wrong {
  /** What is wrong with the certificate of who comes, and the field put right. */
  readonly wrong: Partial<CredentialSpec>
  readonly right: (address: string) => Partial<CredentialSpec>
  readonly reason: RefusalReason
  readonly without?: WorldSpec
}
const turnedAway = (as: As, { wrong, right, reason, without }: Wrong) => {
  const shared = {
    given: peers,
    then: refused({ by: 'a' }),
    because: { reason },
    ...(without && { without }),
  } as const
  if (as === 'member') return { ...shared, when: joining(wrong), unlike: joining(right('@b')) } as const
  const version = as === 'tls-1.2' ? '1.2' : '1.3'
  const raw = (more: Partial<CredentialSpec>) => asks(as, { cn: 'raw', hosts: ['@raw'], ...more })
  return {
    ...shared,
    when: raw(wrong),
    unlike: raw(right('@raw')),
    control: served({ contains: lists, tls: version }),
    needs: { tls: version },
  } as const
}

/** A certificate for one usage only. */
const usage = (only: 'serverAuth' | 'clientAuth'): Wrong => ({
  wrong: { usages: [only] },
  right: () => ({}),
  reason: 'wrong-usage',
})

export default scenario(id, {
  heading: headingOf(id),
  core: ['certificate-must-name-the-address', 'peer-usages'],
  claims: {
    'certificate-must-name-the-address': {
      says: "A peer certificate for 127.0.0.1 is refused when it comes from another address, and accepted with the member's own address added.",
      cites: ['54a945a0', '087fdef1'],
      ...over({ as: ways }, ({ as }) => ({
        ...turnedAway(as, {
          wrong: { hosts: [loopback] },
          right: (address) => ({ hosts: [loopback, address] }),
          reason: 'ip-san-mismatch',
          without: unguarded(peers),
        }),
        // The question prints $MY_IP in the place of the member's address.
        printed: { text: `certificate is valid for ${loopback}, not ${as === 'member' ? at : '10.138.0.3'}` },
      })),
    },

    'peer-usages': {
      says: 'A peer certificate must be good for clients, too: members show it when they dial.',
      cites: ['4700b595', '1e5147f5', '36404a5d'],
      ...over({ as: ways }, ({ as }) =>
        turnedAway(as, { ...usage('serverAuth'), ...(as !== 'member' && { without: undemanding }) }),
      ),
    },

    'peer-for-clients-only': {
      says: 'A member whose certificate is good for clients only cannot be dialled by the others, and does not join.',
      open: 'The question speaks of clientAuth alone; that a peer is a server, too, follows from Example 3.',
      ...turnedAway('member', usage('clientAuth')),
      known: {
        verdict: 'fail',
        seen: { started: true, said: /rejected connection\b.*remote error: tls: bad certificate/ },
        why: 'Who dials it turns such a member away, but it dials the others itself, and over those connections everything goes both ways (rafthttp: a stream for what comes in, a pipeline for what goes out).',
      },
    },
  },
})
