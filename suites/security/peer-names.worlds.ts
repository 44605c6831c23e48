import {
  changed,
  cluster,
  etcd,
  http,
  joins,
  peerPair,
  served,
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
const own = (name: string): CredentialSpec => ({ cn: name, hosts: [`@${name}`, `${name}.etcd.local`] })
const member = (name: string, at: string): MemberSpec => ({ at, peer: 'https', options: peerPair(own(name)) })

/** The page's peer B, or one like it, with the given names in its certificate. */
export const peer = (...hosts: string[]): CredentialSpec => ({ cn: 'etcd peer', hosts })
export const candidate = (at: string, ...hosts: string[]): MemberSpec => ({
  role: 'candidate',
  at,
  peer: 'https',
  options: peerPair(peer(...hosts)),
})

/** A cluster of a and c that candidates may try to join. */
export const joinable = (dns: ZoneSpec, candidates: Readonly<Record<string, MemberSpec>>): WorldSpec =>
  cluster({
    members: { a: member('a', '10.138.0.10'), c: member('c', '10.138.0.11'), ...candidates },
    dns,
  })
/** A candidate with other names in its certificate. */
export const joinsAs = (who: string, ...hosts: string[]): JoinProbe => joins(who, peerPair(peer(...hosts)))

/** One member whose peer listener is asked by clients of ours, each from its address. */
export const listening = (dns: ZoneSpec, clients: NonNullable<WorldSpec['clients']>): WorldSpec =>
  etcd({ ...member('m1', '10.138.0.10'), clients, dns })
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
