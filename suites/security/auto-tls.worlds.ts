import { etcd, type ClientTls } from 'etcd-tls/scenario'

/**
 * Example 4: certificates that etcd makes itself (`SelfCert`, pkg/transport/listener.go; from 3.5 client/pkg): self-signed,
 * ECDSA P-521, for the addresses it listens at. A member that has one does not verify the others. No failed handshake
 * of such a listener is logged, so for a refusal the same world in clear stands in.
 */
export const id = 'security/auto-tls'
export const automatic = { 'auto-tls': true, 'peer-auto-tls': true } as const
export const https = { client: 'https', peer: 'https' } as const
export const alone = etcd({ ...https, authorities: { ca: {}, other: {} }, options: automatic })
export const inClear = etcd({ options: {} })

export const answersVersion = ['"etcdserver":"<version>"']
export const unverified: ClientTls = { trust: 'anybody' }
