import { authority, cluster, peerPair, type MemberSpec, type WorldSpec } from 'etcd-tls/scenario'

/**
 * Members that find each other by SRV. The domain becomes the name that dialled members must show
 * (`PeerURLsMapAndToken`, server/embed/config.go; 3.4: embed/config.go), but only when no CA file is given: with
 * `peer-trusted-ca-file` the name is the one in the URL. Without the file both sides verify with the system's
 * authorities, which Go reads from SSL_CERT_FILE (`loadSystemRoots`, crypto/x509/root_unix.go).
 */
export const id = 'security/discovery-srv'
export const domain = 'etcd.local'
const names = ['m1', 'm2'] as const
export const at = { m1: '10.138.0.2', m2: '10.138.0.3' }
export const nameOf = (member: string, of = domain): string => `${member}.${of}`
/** A second domain, whose names lead to the same members. */
export const otherDomain = 'other.local'

export const zone = {
  forward: Object.fromEntries(
    [domain, otherDomain].flatMap((of) => names.map((name) => [nameOf(name, of), [at[name]]])),
  ),
  services: {
    [`_etcd-server-ssl._tcp.${domain}`]: names.map((name) => ({ target: nameOf(name), port: 2380 })),
    [`_etcd-client-ssl._tcp.${domain}`]: [{ target: nameOf('m1'), port: 2379 }],
    [`_etcd-client-ssl._tcp.${nameOf('m1')}`]: [{ target: nameOf('m1'), port: 2379 }],
    [`_etcd-client-ssl._tcp.${otherDomain}`]: [{ target: nameOf('m1', otherDomain), port: 2379 }],
  },
}

export type Trust = 'system' | 'peer-trusted-ca-file'

/** A member whose certificate has the given names. */
function member(name: (typeof names)[number], trust: Trust, hosts: readonly string[]): MemberSpec {
  const { 'peer-trusted-ca-file': file, ...pair } = peerPair({ cn: name, hosts })
  return {
    at: at[name],
    host: nameOf(name),
    peer: 'https',
    options: {
      ...pair,
      ...(trust === 'system' ? {} : { 'peer-trusted-ca-file': file }),
      'discovery-srv': domain,
      'initial-cluster': undefined,
    },
    ...(trust === 'system' ? { environment: { SSL_CERT_FILE: authority() } } : {}),
  }
}
const certified = (trust: Trust, hostsOf: (name: string) => string[]): WorldSpec =>
  cluster({
    members: { m1: member('m1', trust, hostsOf('m1')), m2: member('m2', trust, hostsOf('m2')) },
    dns: zone,
  })
/** Members whose certificates have their own names and the given ones. */
export const bootstrapped = (trust: Trust, ...more: string[]): WorldSpec =>
  certified(trust, (name) => [nameOf(name), ...more])
export const withRoot = (trust: Trust): WorldSpec => bootstrapped(trust, domain)
/** Their certificates have names that lead to them, but neither those they are dialled by nor the domain. */
export const elsewhere = (trust: Trust): WorldSpec => certified(trust, (name) => [nameOf(name, otherDomain)])
