import {
  cluster,
  peerPair,
  type CredentialSpec,
  type MemberSpec,
  type Way,
  type WorldSpec,
} from 'etcd-tls/scenario'

/** Example 3: two members at the printed addresses, and who would join them. */
export const addresses = { infra1: '10.0.1.10', infra2: '10.0.1.11' } as const
type Name = keyof typeof addresses
export const names = ['infra1', 'infra2'] as const
export const peers = { infra1: 'infra2', infra2: 'infra1' } as const

export const pairOf = (name: string): CredentialSpec => ({ cn: name, hosts: [`@${name}`] })
const member = (name: Name, way: Way = 'flag'): MemberSpec => ({
  at: addresses[name],
  peer: 'https',
  way,
  options: peerPair(pairOf(name)),
})
export const two = (way: Way): WorldSpec =>
  cluster({ members: { infra1: member('infra1', way), infra2: member('infra2', way) } })

/** Where others may try to join: both listen in clear and have a pair to dial with, but use it only if they are told to. */
export const urls = (scheme: 'http' | 'https', who: string): string =>
  `infra1=${scheme}://@infra1:2380,infra2=${scheme}://@infra2:2380,${who}=http://@${who}:2380`
export const secured = cluster({
  members: {
    infra1: member('infra1'),
    infra2: member('infra2'),
    plain: { role: 'candidate', at: '10.0.1.4', options: peerPair(pairOf('plain')) },
    bare: { role: 'candidate', at: '10.0.1.3', options: {} },
  },
  clients: { outside: { at: '10.0.1.2' } },
})
/** The same without transport security: what was refused must be served here. */
export const inClear = cluster({
  members: { infra1: { at: addresses.infra1, options: {} }, infra2: { at: addresses.infra2, options: {} } },
  clients: { outside: { at: '10.0.1.2' } },
})
/** A member with TLS that asks nobody for a certificate. It is alone: without an authority it could dial nobody. */
const { 'peer-cert-file': certificate, 'peer-key-file': key } = peerPair(pairOf('infra1'))
export const unauthenticated = cluster({
  members: {
    infra1: {
      at: addresses.infra1,
      peer: 'https',
      options: { 'peer-cert-file': certificate, 'peer-key-file': key },
    },
  },
  clients: { outside: { at: '10.0.1.2' } },
})
