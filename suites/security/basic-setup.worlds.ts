import {
  authority,
  certificateOf,
  changed,
  etcd,
  grpc,
  http,
  keyOf,
  type ClientTls,
  type CredentialSpec,
  type HttpProbe,
  type KnownDeviation,
  type ProbeSpec,
} from 'etcd-tls/scenario'

/** Worlds and requests that the files of this section share. */
export const id = 'security/basic-setup'
export const tlsVersions = ['1.2', '1.3'] as const
export type Tls = (typeof tlsVersions)[number]

export const server: CredentialSpec = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'] }
export const client: CredentialSpec = { cn: 'client', usages: ['clientAuth'] }

/** etcd shows a certificate and asks for none. */
export const secured = etcd({
  client: 'https',
  authorities: { ca: {}, intermediate: { issuedBy: 'ca' }, other: {} },
  options: { 'cert-file': certificateOf(server), 'key-file': keyOf(server) },
})
/** etcd asks for a certificate of the trusted CA. */
export const demanding = changed(secured, { 'client-cert-auth': true, 'trusted-ca-file': authority() })

/** What nobody but etcd answers to /version. */
export const answersVersion = ['"etcdserver":"<version>"']
export const askVersion = (tls: ClientTls, more: Partial<HttpProbe> = {}): HttpProbe =>
  http({ scheme: 'https', path: '/version', tls, ...more })

/** One request per family of endpoints, and what only etcd answers there. */
export const endpoints = {
  version: { path: '/version', says: '"etcdserver":"<version>"' },
  health: { path: '/health', says: '"health":"true"' },
  metrics: {
    path: '/metrics',
    lines: 'etcd_server_version',
    says: 'etcd_server_version{server_version="<version>"} 1',
  },
  gateway: { path: '/v3/kv/range', method: 'POST', body: { key: 'Zm9v' }, says: '"revision"' },
  'v2-keys': { path: '/v2/keys/', says: '"action":"get"' },
} as const satisfies Record<string, Partial<HttpProbe> & { says: string }>

/** A request to one family, through gRPC or HTTP. */
export function request(family: 'grpc' | keyof typeof endpoints, tls: ClientTls): ProbeSpec {
  if (family === 'grpc') return grpc({ scheme: 'https', call: 'range', request: { key: 'foo' }, tls })
  const { says: _, ...endpoint } = endpoints[family]
  return http({ scheme: 'https', tls, ...endpoint })
}

/**
 * What a client without a certificate sees where the page says it is served: the alert of the build's Go
 * (`processCertsFromClient`, crypto/tls/handshake_server.go).
 */
export function turnedAway(tls: Tls, builds: string, why: string): KnownDeviation[] {
  const log = /tls: client didn't provide a certificate/
  const [since, alert] = tls === '1.3' ? (['1.21.0', 116] as const) : (['1.25.0', 40] as const)
  return [
    { builds, go: `>=${since}`, verdict: 'fail', seen: { alert, log }, why },
    { builds, go: `<${since}`, verdict: 'fail', seen: { alert: 42, log }, why },
  ]
}
