import {
  certificateOf,
  changed,
  cluster,
  http,
  joins,
  keyOf,
  peerPair,
  type ClientTls,
  type CredentialSpec,
  type HttpProbe,
  type KnownDeviation,
  type MemberSpec,
  type Needs,
  type OptionValues,
  type WorldSpec,
} from 'etcd-tls/scenario'

/**
 * The article's nodes. Its certificates hold a common name only, which no etcd of today can dial (see
 * `recipe.scenario.ts`); here each names its host and address, too, so that the common name is what decides.
 */
export type Node = 'n1' | 'n2' | 'n3'
export const commonName = (node: Node): string => `etcd-${node.slice(1)}.example.com`
/** One of the authorities, below that of the nodes, has the name of n1 itself. */
const namesake = 'namesake'
export const authorities = { ca: {}, other: {}, [namesake]: { cn: commonName('n1'), issuedBy: 'ca' } }
export const belowNamesake = { issuer: namesake, chain: [namesake] } as const
export const pairOf = (node: Node, cn = commonName(node)): CredentialSpec => ({
  cn,
  hosts: [`${node}.etcd.local`, `@${node}`],
})
/** n2 as it should come. */
export const right = joins('n2', {}, { to: 'n1' })
export const rogue = 'rogue.example.com'

/** A peer pair, and nothing that says whom to trust. */
export const pairAlone = (node: Node): OptionValues => ({
  'peer-cert-file': certificateOf(pairOf(node)),
  'peer-key-file': keyOf(pairOf(node)),
})

const node = (name: Node, role: MemberSpec['role'] = 'member'): MemberSpec => ({
  role,
  peer: 'https',
  options: peerPair(pairOf(name)),
})
/** n1 and n3 are a cluster, n2 may join; peers must show a certificate of the CA, with any name. */
export const anyName = cluster({
  authorities,
  members: { n1: node('n1'), n3: node('n3'), n2: node('n2', 'candidate') },
})

export const every: readonly string[] = (['n1', 'n2', 'n3'] as const).map(commonName)
/** The option that exists, `--peer-cert-allowed-cn`, in the place of the article's `--cert-allowed-cn`. */
export const allowing = (names: readonly string[]): OptionValues => ({ 'peer-cert-allowed-cn': names })
/** Each node lists all three names. */
export const listing = changed(anyName, allowing(every))

/** One name, which every node shows and allows: what releases before 3.5.15 can say. */
const shared = commonName('n1')
export const sharing: WorldSpec = changed(
  cluster({
    authorities,
    members: {
      n1: { ...node('n1'), options: peerPair(pairOf('n1', shared)) },
      n3: { ...node('n3'), options: peerPair(pairOf('n3', shared)) },
      n2: { ...node('n2', 'candidate'), options: peerPair(pairOf('n2', shared)) },
    },
  }),
  allowing([shared]),
)
export const kinds = ['one-name', 'three-names'] as const
/** The two, by what is on the list; the name a node shows that is on it. */
export const lists = {
  'one-name': { given: sharing, own: shared },
  'three-names': { given: listing, own: commonName('n2') },
} as const
export const withoutList = (world: WorldSpec): WorldSpec =>
  changed(world, { 'peer-cert-allowed-cn': undefined })

const needsLists: Needs = {
  etcd: { range: '>=3.5.15', why: 'lists came with 3.5.15; before, the option is one name, commas and all' },
}
export const needsOf = (list: keyof typeof lists): { needs?: Needs } =>
  list === 'three-names' ? { needs: needsLists } : {}
export { needsLists }

/** A raw client on the peer port. */
export const names = (to: Node, tls: ClientTls): HttpProbe =>
  http({ to, listener: 'peer', scheme: 'https', path: '/members', tls })
/** What only a member answers there. */
export const answersNames = ['"peerURLs"']

/**
 * Who dials without an authority of its own goes by those of the system. The images have none: Go before 1.12 calls that an
 * error of its own (loadSystemRoots, crypto/x509/root_unix.go), later ones know nobody.
 */
export const bySystemAuthorities = (why: string): readonly KnownDeviation[] => [
  { verdict: 'fail', go: '>=1.12.0', seen: { log: /x509: certificate signed by unknown authority/ }, why },
  {
    verdict: 'fail',
    go: '<1.12.0',
    seen: { log: /x509: failed to load system roots and no roots provided/ },
    why,
  },
]
