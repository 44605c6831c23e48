import {
  authority,
  certificateOf,
  cluster,
  etcd,
  keyOf,
  type CredentialSpec,
  type MemberSpec,
  type OptionValues,
  type WorldSpec,
} from 'etcd-tls/scenario'

/** Worlds of the guide: its certificates by the real cfssl, its flags, its names in the hosts file. */

export const authorities = {
  ca: { cn: 'etcd-ca', madeBy: 'cfssl' },
  other: { cn: 'etcd-ca', madeBy: 'cfssl' },
} as const

const byCfssl = (
  cn: string,
  profile: 'server' | 'client' | 'peer',
  hosts?: readonly string[],
): CredentialSpec => ({ cn, profile, madeBy: 'cfssl', ...(hosts && { hosts }) })

export const nameOf = (n: number): string => `etcd-${String(n)}.local`
export const client = byCfssl('root', 'client')
export const serverPair = (n: number): CredentialSpec => byCfssl('etcd-server', 'server', [nameOf(n)])
export const peerPairOf = (n: number): CredentialSpec => byCfssl('etcd-member', 'peer', [nameOf(n)])
/** A member's pair made with the wrong profile. */
export const misprofiled = (profile: 'server' | 'client', n: number): CredentialSpec =>
  byCfssl('etcd-member', profile, [nameOf(n)])

/** The printed flags of member n. */
export const flags = (n: number): OptionValues => ({
  'cert-file': certificateOf(serverPair(n)),
  'key-file': keyOf(serverPair(n)),
  'client-cert-auth': true,
  'trusted-ca-file': authority(),
  'peer-cert-file': certificateOf(peerPairOf(n)),
  'peer-key-file': keyOf(peerPairOf(n)),
  'peer-cert-allowed-cn': 'etcd-member',
  'peer-client-cert-auth': true,
  'peer-trusted-ca-file': authority(),
})

const member = (n: number): MemberSpec => ({
  host: nameOf(n),
  client: 'https',
  peer: 'https',
  options: flags(n),
})
const printedPorts = (n: number): Required<Pick<MemberSpec, 'loopback'>> => ({
  loopback: { client: n * 10_000 + 2379, peer: n * 10_000 + 2380 },
})

/**
 * One member with the guide's flags, which shows all that does not take three. A client of the world is where the
 * second member would be, so that its certificate is looked up as that one's.
 */
export const single = etcd({
  ...member(1),
  at: '10.0.0.3',
  authorities,
  clients: { second: { at: '10.0.0.2' } },
  hosts: { [nameOf(1)]: '@m1', [nameOf(2)]: '@second' },
})

/** All names on 127.0.0.1 with the printed ports, as the guide says. */
export const asPrinted = cluster({
  authorities,
  hosts: { [nameOf(1)]: '127.0.0.1', [nameOf(2)]: '127.0.0.1', [nameOf(3)]: '127.0.0.1' },
  members: {
    infra1: { ...member(1), ...printedPorts(1) },
    infra2: { ...member(2), ...printedPorts(2) },
    infra3: { ...member(3), ...printedPorts(3) },
  },
})

/** The same with an address each. */
export const withAddresses = cluster({
  authorities,
  hosts: { [nameOf(1)]: '@infra1', [nameOf(2)]: '@infra2', [nameOf(3)]: '@infra3' },
  members: { infra1: member(1), infra2: member(2), infra3: member(3) },
})

const paired = (n: number, pair: CredentialSpec): MemberSpec => ({
  ...member(n),
  options: { ...flags(n), 'peer-cert-file': certificateOf(pair), 'peer-key-file': keyOf(pair) },
})
/** Two members whose peer pairs are made by `pair`. */
export const twoWith = (pair: (n: number) => CredentialSpec): WorldSpec =>
  cluster({
    authorities,
    hosts: { [nameOf(1)]: '@infra1', [nameOf(2)]: '@infra2' },
    members: { infra1: paired(1, pair(1)), infra2: paired(2, pair(2)) },
  })
