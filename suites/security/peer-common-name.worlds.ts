import {
  certificateOf,
  changed,
  cluster,
  keyOf,
  peerPair,
  type CredentialSpec,
  type MemberSpec,
  type OptionValues,
} from 'etcd-tls/scenario'

export const allowed = 'etcd.local'
export const only = (name: string): OptionValues => ({ 'peer-cert-allowed-cn': name })

/** As the page asks for them, with the member's own address instead of the loopback one. */
export const pairOf = (name: string): CredentialSpec => ({
  cn: allowed,
  hosts: [`${name}.etcd.local`, `@${name}`],
})
const member = (name: string, role: MemberSpec['role'] = 'member'): MemberSpec => ({
  role,
  peer: 'https',
  options: { ...peerPair(pairOf(name)), ...only(allowed) },
})
/** An authority below the members' own that has the allowed name itself. */
export const namesake = 'namesake'
/** Three members with an address each; m4 is the one that comes. */
export const named = cluster({
  authorities: { ca: {}, [namesake]: { cn: allowed, issuedBy: 'ca' } },
  members: { m1: member('m1'), m2: member('m2'), m3: member('m3'), m4: member('m4', 'candidate') },
})
export const anyName = changed(named, { 'peer-cert-allowed-cn': undefined })

/** The page's own set-up: one address, three pairs of ports, names in the hosts file. */
const ports = {
  m1: { client: 2379, peer: 2380 },
  m2: { client: 22379, peer: 22380 },
  m3: { client: 32379, peer: 32380 },
} as const
type Name = keyof typeof ports
const printedPair = (name: Name): CredentialSpec => ({
  cn: allowed,
  hosts: [`${name}.etcd.local`, '127.0.0.1', 'localhost'],
})
const printedMember = (name: Name): MemberSpec => ({
  host: `${name}.etcd.local`,
  loopback: ports[name],
  client: 'https',
  peer: 'https',
  options: {
    'cert-file': certificateOf(printedPair(name)),
    'key-file': keyOf(printedPair(name)),
    ...peerPair(printedPair(name)),
    ...only(allowed),
    // What the page does not print: with it the members have the cluster id that the page prints.
    'initial-cluster-token': 'tkn',
  },
})
export const literal = cluster({
  members: { m1: printedMember('m1'), m2: printedMember('m2'), m3: printedMember('m3') },
  hosts: { 'm1.etcd.local': '127.0.0.1', 'm2.etcd.local': '127.0.0.1', 'm3.etcd.local': '127.0.0.1' },
})
