import type { MemberSpec } from '../scenario/world.ts'

export const clientPort = 2379
export const peerPort = 2380

/** Where a process listens, and how it is called by others. */
export interface Endpoints {
  readonly listenClient: string
  readonly advertiseClient: string
  readonly listenPeer: string
  /** Under which it is announced to the other members. */
  readonly peer: string
}

/** URLs of one process whose address in the world is `address`. etcd listens at addresses only, never at names. */
export function endpointsOf(spec: MemberSpec, address: string): Endpoints {
  const at = spec.loopback === undefined ? address : '127.0.0.1'
  const { client, peer } = portsOf(spec)
  const [clientScheme, peerScheme] = [spec.client ?? 'http', spec.peer ?? 'http']
  const called = spec.host ?? at
  return {
    listenClient: `${clientScheme}://${at}:${client}`,
    advertiseClient: `${spec.advertises ?? clientScheme}://${called}:${client}`,
    listenPeer: `${peerScheme}://${at}:${peer}`,
    peer: `${peerScheme}://${called}:${peer}`,
  }
}

export const portsOf = ({ loopback }: MemberSpec): { client: number; peer: number } =>
  loopback ?? { client: clientPort, peer: peerPort }
