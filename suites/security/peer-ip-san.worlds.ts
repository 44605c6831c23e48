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

export const [b, pod, other] = ['10.138.0.2', '10.138.0.3', '10.138.0.27']
/** The hosts of the printed request. */
export const documented = ['*.example.default.svc', '*.example.default.svc.cluster.local', other] as const
/**
 * One name leads to B, and nothing leads back from it; one leads elsewhere. The address of a pod has a name that the
 * printed request covers, as those of a Kubernetes service have. No other name exists.
 */
const zone = {
  forward: { 'b.com': [b], 'far.com': ['10.138.0.30'] },
  reverse: { [pod]: ['etcd-0.example.default.svc'] },
}
const peers = joinable(zone, { b: candidate(b, b), pod: candidate(pod, pod) })
const listener = listening(zone, { b: { at: b }, pod: { at: pod } })

/** Who comes, and from where. */
const places = { b, pod } as const
export type Who = keyof typeof places
export const ways = ['member', 'tls-1.2', 'tls-1.3'] as const
export type As = (typeof ways)[number]
export const tlsOf = (as: As): '1.2' | '1.3' => (as === 'tls-1.2' ? '1.2' : '1.3')
export const asks = (as: As, ...hosts: readonly string[]): HttpProbe => asksFrom('b', as, hosts)
const asksFrom = (from: Who, as: As, hosts: readonly string[]): HttpProbe =>
  http({
    from,
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

/** Who comes is turned away with these hosts, and with its own address it is taken in. */
export const turnedAway = (
  as: As,
  reason: RefusalReason,
  hosts: readonly string[],
  who: Who = 'b',
): NoJoinCell | RefuseCell =>
  as === 'member'
    ? {
        given: peers,
        when: joinsAs(who, ...hosts),
        then: refused({ by: 'a' }),
        because: { reason },
        unlike: joinsAs(who, places[who]),
        without: unguarded(peers),
        before: letIn('member'),
      }
    : {
        given: listener,
        when: asksFrom(who, as, hosts),
        then: refused(),
        because: { reason },
        unlike: asksFrom(who, as, [places[who]]),
        without: unguarded(listener),
        needs: { tls: tlsOf(as) },
        before: letIn('client'),
      }
