import {
  changed,
  cluster,
  etcd,
  http,
  joins,
  peerPair,
  served,
  type Absent,
  type Alike,
  type CredentialSpec,
  type HttpProbe,
  type JoinProbe,
  type KnownDeviation,
  type MemberSpec,
  type WorldSpec,
  type ZoneSpec,
} from 'etcd-tls/scenario'

/**
 * Worlds in which the names of a peer's certificate decide. The members' own certificates have their addresses, so
 * that nothing is asked about them; what is asked is about who comes.
 */
const own = (name: string, ...names: string[]): CredentialSpec => ({
  cn: name,
  hosts: [`@${name}`, ...names],
})
const member = (at: string, as: CredentialSpec): MemberSpec => ({ at, peer: 'https', options: peerPair(as) })

/** The page's peer B, or one like it, with the given names in its certificate. */
export const peer = (...hosts: string[]): CredentialSpec => ({ cn: 'etcd peer', hosts })
export const candidate = (at: string, ...hosts: string[]): MemberSpec => ({
  role: 'candidate',
  at,
  peer: 'https',
  options: peerPair(peer(...hosts)),
})

/**
 * A cluster of a and c that candidates may try to join. They have no names: 3.2.0 and 3.2.1 look those up, too
 * (`checkCert`, pkg/transport/listener_tls.go).
 */
export const joinable = (dns: ZoneSpec, candidates: Readonly<Record<string, MemberSpec>>): WorldSpec =>
  cluster({
    members: { a: member('10.138.0.4', own('a')), c: member('10.138.0.5', own('c')), ...candidates },
    dns,
  })
/** A candidate with other names in its certificate. */
export const joinsAs = (who: string, ...hosts: string[]): JoinProbe => joins(who, peerPair(peer(...hosts)))

/** One member whose peer listener is asked by clients of ours, each from its address. */
export const listening = (dns: ZoneSpec, clients: NonNullable<WorldSpec['clients']>): WorldSpec =>
  etcd({ ...member('10.138.0.4', own('m1', 'm1.etcd.local')), clients, dns })
/** A request to the peer listener, from a client's address, with the given names in the certificate. */
export const asks = (from: string, ...hosts: string[]): HttpProbe =>
  http({ from, listener: 'peer', scheme: 'https', path: '/version', tls: { as: peer(...hosts) } })
/** What nobody but etcd answers there. */
export const accepted = { contains: ['"etcdserver":"<version>"'] }
export const answers = served(accepted)

/** The same world without the check of names and addresses. */
export const unguarded = (world: WorldSpec): WorldSpec =>
  changed(world, { 'peer-skip-client-san-verification': true })

/** Where the page prints a text that `checkCertSAN` (transport/listener_tls.go) has always written otherwise. */
export const printedOtherwise = (log: RegExp, why: string): KnownDeviation => ({
  verdict: 'drift',
  seen: { log },
  why,
})

const unchecked = '<3.2.0'
const answered = { status: 200, body: /"etcdserver":"\d/ }
const inAtAll = (as: 'member' | 'client') => (as === 'member' ? { started: true } : answered)

/** What releases from before 3.2.0 do: `NewTLSListener` of their pkg/transport/listener.go is Go's own listener. */
export const letIn = (as: 'member' | 'client'): Absent => ({
  builds: unchecked,
  how: 'a peer is let in with any certificate of the authority',
  seen: inAtAll(as),
})
export const bothLetIn: Absent = {
  builds: unchecked,
  on: 'control',
  how: 'the peer that should be turned away is let in, too',
  seen: answered,
}
export const nobodyChecked = (shownBy: string): Alike => ({
  builds: unchecked,
  alike: `Nothing is checked before 3.2.0, so this peer is let in like any other; the step is seen in ${shownBy}.`,
})

/** What 3.2.0 to 3.2.4 do (`checkCert`): they ask for the addresses of the certificate's names and nothing else. */
const forwardOnly = '>=3.2.0'
const mismatch = { log: /does not match any of DNSNames/ }
export const turnedAwayAlready: Absent = {
  builds: forwardOnly,
  how: 'its address is not looked up, and the names of the certificate do not lead to it: it is turned away',
  seen: mismatch,
}
export const bothTurnedAway: Absent = {
  builds: forwardOnly,
  on: 'control',
  how: 'addresses are not looked up, so the peer with the right name is turned away, too',
  seen: mismatch,
}
export const notAskedBack = (seen: Absent['seen']): Absent => ({
  builds: forwardOnly,
  how: 'it comes out the same, but its address is not looked up',
  ...(seen && { seen }),
})
export const inByForward = (as: 'member' | 'client'): Absent => notAskedBack(inAtAll(as))
export const outByForward = notAskedBack(mismatch)
