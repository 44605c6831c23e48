import {
  cluster,
  certificateOf,
  etcd,
  grpc,
  http,
  keyOf,
  peerPair,
  type ClientTls,
  type CredentialSpec,
  type GrpcProbe,
  type HttpProbe,
  type OptionValues,
  type Step,
} from 'etcd-tls/scenario'

/** Worlds and steps that the files of this section share. */
export const id = 'security/reload'

/** A pair for a member; made quickly, since every timeline mints its own. */
const pairOf = (cn: string, hosts: readonly string[]): CredentialSpec => ({ cn, hosts, key: 'p-256' })

export const named = (cn: string): CredentialSpec => pairOf(cn, ['m1.etcd.local', '@m1'])
export const addressed = (cn: string): CredentialSpec => pairOf(cn, ['@m1'])

export const filesOf = (pair: CredentialSpec): OptionValues => ({
  'cert-file': certificateOf(pair),
  'key-file': keyOf(pair),
})
export const peerFilesOf = (pair: CredentialSpec): OptionValues => ({
  'peer-cert-file': certificateOf(pair),
  'peer-key-file': keyOf(pair),
})

/** The pairs that the worlds start with. */
export const first = {
  named: named('first pair'),
  addressed: addressed('first pair'),
  peer: named('first peer'),
}

const serving = (pair: CredentialSpec, files: 'mounted' | 'linked') =>
  etcd({ client: 'https', options: filesOf(pair), files })

/** Else members that have not seen each other for five seconds take no third. */
const atOnce = { 'strict-reconfig-check': false } as const

export const worlds = {
  plain: serving(first.named, 'mounted'),
  linked: serving(first.named, 'linked'),
  addressed: serving(first.addressed, 'mounted'),
  peer: etcd({ peer: 'https', options: peerPair(first.peer), files: 'mounted' }),
  /** Two members keep their quorum when a third one is announced that never comes. */
  peers: cluster({
    members: {
      m1: { peer: 'https', options: { ...peerPair(first.peer), ...atOnce } },
      m2: { peer: 'https', options: { ...peerPair(pairOf('m2', ['@m2'])), ...atOnce } },
    },
    files: 'mounted',
  }),
}

/** A certificate that the peer listener takes. */
export const asPeer: CredentialSpec = { cn: 'a peer' }

export const ask = (tls: ClientTls = {}, more: Partial<HttpProbe> = {}): HttpProbe =>
  http({ scheme: 'https', path: '/version', tls, ...more })
export const askByGrpc = (tls: ClientTls = {}): GrpcProbe =>
  grpc({ scheme: 'https', call: 'range', request: { key: 'foo' }, tls })

type Connect = Extract<Step, { do: 'connect' }>

/** A new connection that must show a pair. */
export const sees = (name: string, shows: CredentialSpec, probe: Connect['probe']): Step => ({
  do: 'connect',
  name,
  probe,
  shows,
})
