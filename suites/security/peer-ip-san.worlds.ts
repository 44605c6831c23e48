import {
  http,
  joined,
  refused,
  served,
  type HttpProbe,
  type JoinCell,
  type JoinProbe,
  type NoJoinCell,
  type RefusalReason,
  type RefuseCell,
  type ServeCell,
} from 'etcd-tls/scenario'
import {
  accepted,
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
export const id = 'security/peer-ip-san'

export const [b, other] = ['10.138.0.2', '10.138.0.27']
/** One name leads to B, and nothing leads back from it; no other name exists. */
const zone = { forward: { 'b.com': [b] } }
const peers = joinable(zone, { b: candidate(b, b) })
const listener = listening(zone, { b: { at: b } })

export const ways = ['member', 'tls-1.2', 'tls-1.3'] as const
export type As = (typeof ways)[number]
export const tlsOf = (as: As): '1.2' | '1.3' => (as === 'tls-1.2' ? '1.2' : '1.3')
export const asks = (as: As, ...hosts: readonly string[]): HttpProbe =>
  http({
    from: 'b',
    listener: 'peer',
    scheme: 'https',
    path: '/version',
    tls: { as: peer(...hosts), version: tlsOf(as) },
  })
const joining = (...hosts: readonly string[]): JoinProbe => joinsAs('b', ...hosts)

/** B is taken in with these hosts in its certificate, and nothing is asked about it. */
export const taken = (as: As, ...hosts: readonly string[]): JoinCell | ServeCell => {
  const neverAsked = [`PTR ${b}`, ...hosts.filter((host) => /[a-z]/.test(host)).map((name) => `A ${name}`)]
  return as === 'member'
    ? { given: peers, when: joining(...hosts), then: joined({ neverAsked }) }
    : {
        given: listener,
        when: asks(as, ...hosts),
        then: served({ ...accepted, neverAsked }),
        needs: { tls: tlsOf(as) },
      }
}
export const alike = nobodyChecked('wrong-address-is-denied')

/** B is turned away with these hosts, and with its own address it is taken in. */
export const turnedAway = (
  as: As,
  reason: RefusalReason,
  ...hosts: readonly string[]
): NoJoinCell | RefuseCell =>
  as === 'member'
    ? {
        given: peers,
        when: joining(...hosts),
        then: refused({ by: 'a' }),
        because: { reason },
        unlike: joining(b),
        without: unguarded(peers),
        before: letIn('member'),
      }
    : {
        given: listener,
        when: asks(as, ...hosts),
        then: refused(),
        because: { reason },
        unlike: asks(as, b),
        without: unguarded(listener),
        needs: { tls: tlsOf(as) },
        before: letIn('client'),
      }
