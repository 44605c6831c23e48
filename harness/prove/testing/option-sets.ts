import type { ZoneSpec } from '../../../fixtures/zone.ts'
import type { ListenerName } from '../../explain/claims.ts'
import type { DnsRecord } from '../../explain/resolver.ts'
import { callerAt } from '../bench.ts'

/** One etcd, against which many certificates are tried. */
export interface OptionSet {
  readonly name: string
  readonly listener: ListenerName
  readonly options: string
  /** What explain is told instead, to see that a disagreement shows. */
  readonly said?: string
  readonly tls?: '1.2' | '1.3'
  readonly zone?: ZoneSpec
  readonly revoked?: true
  /** Key of etcd's own certificate; default p-256. */
  readonly key?: 'rsa-2048' | 'p-256'
}

const ecdsa = 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'
const rsa = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'

const dnsZone: ZoneSpec = {
  forward: {
    'client.etcd.local': [callerAt],
    'far.etcd.local': ['10.138.0.30'],
    'etcd.local': ['10.138.0.30'],
  },
  reverse: { [callerAt]: ['client.etcd.local', 'other.example'] },
}
const onlyBack: ZoneSpec = { reverse: { [callerAt]: ['CLIENT.ETCD.LOCAL', 'deep.client.etcd.local'] } }
const onlyForward: ZoneSpec = {
  forward: { 'CLIENT.etcd.local': [callerAt, '10.138.0.31'], 'bad.etcd.local': [callerAt] },
}

export const optionSets = {
  client: { name: 'client', listener: 'client', options: '--client-cert-auth' },
  clientOnly12: {
    name: 'client, TLS 1.2',
    listener: 'client',
    options: '--client-cert-auth=true',
    tls: '1.2',
  },
  clientHosts: {
    name: 'client, allowed host name',
    listener: 'client',
    options: '--client-cert-auth --client-cert-allowed-hostname=client.etcd.local',
  },
  clientCiphers: {
    name: 'client, list of suites without one for the key',
    listener: 'client',
    options: `-client-cert-auth --cipher-suites=${rsa}`,
  },
  clientCiphers12: {
    name: 'client, list of suites, TLS 1.2',
    listener: 'client',
    options: `--client-cert-auth --cipher-suites=${ecdsa},${rsa}`,
    tls: '1.2',
    key: 'rsa-2048',
  },
  clientRevoked: {
    name: 'client, list of the revoked',
    listener: 'client',
    options: '--client-cert-auth --client-crl-file=revoked.pem',
    revoked: true,
  },
  clientOpen: { name: 'client, nothing demanded', listener: 'client', options: '--client-cert-auth=false' },
  peer: { name: 'peer, DNS both ways', listener: 'peer', options: '--peer-client-cert-auth', zone: dnsZone },
  peerBack: {
    name: 'peer, reverse DNS only',
    listener: 'peer',
    options: '--peer-client-cert-auth',
    zone: onlyBack,
  },
  peerForward: {
    name: 'peer, forward DNS only',
    listener: 'peer',
    options: '--peer-client-cert-auth',
    zone: onlyForward,
  },
  peerNames: {
    name: 'peer, allowed common names',
    listener: 'peer',
    options: '--peer-client-cert-auth --peer-cert-allowed-cn=allowed',
    zone: dnsZone,
  },
  peerNameList: {
    name: 'peer, list of common names',
    listener: 'peer',
    options: '--peer-client-cert-auth --peer-cert-allowed-cn=last,ällowed,ALLOWED',
    zone: dnsZone,
  },
  peerSkips: {
    name: 'peer, addresses unasked',
    listener: 'peer',
    options: '--peer-client-cert-auth --experimental-peer-skip-client-san-verification',
    zone: {},
  },
} as const satisfies Record<string, OptionSet>

/** The zone as what explain is told; `place` puts addresses where the world has them. */
export const recordsOf = (
  { forward = {}, reverse = {} }: ZoneSpec,
  place: (address: string) => string,
): DnsRecord[] => [
  ...Object.entries(forward).flatMap(([name, all]) =>
    all.map((address): DnsRecord => ({ direction: 'forward', name, address: place(address) })),
  ),
  ...Object.entries(reverse).flatMap(([address, all]) =>
    all.map((name): DnsRecord => ({ direction: 'reverse', name, address: place(address) })),
  ),
]
