import {
  authority,
  certificateOf,
  changed,
  cluster,
  http,
  keyOf,
  peerPair,
  served,
  type CredentialSpec,
  type HttpProbe,
  type MemberSpec,
  type OptionValues,
  type WorldSpec,
} from 'etcd-tls/scenario'

/** Members behind v2 proxies, for both pages. The v2 API is turned on where there is an option for it. */
const authorities = { ca: {}, other: {} }
const hosts = { 'm1.etcd.local': '@m1' }
const server: CredentialSpec = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'] }
export const front: CredentialSpec = { cn: 'front', hosts: ['terminating.etcd.local', '@terminating'] }

/** Pairs that a proxy may have; the first is what the page asks for. */
const pairs = {
  valid: { cn: 'proxy' },
  'other-authority': { cn: 'proxy', issuer: 'other' },
  'server-auth-only': { cn: 'proxy', usages: ['serverAuth'] },
} as const satisfies Record<string, CredentialSpec>
/** The proxy that has it. */
export const withPair = { 'other-authority': 'foreign', 'server-auth-only': 'serverOnly' } as const
export const reasons = { 'other-authority': 'unknown-authority', 'server-auth-only': 'wrong-usage' } as const

/** Short spans: a member that turned the proxy away is asked anew, and by every request. */
const proxy = (pair: CredentialSpec, more: OptionValues = {}): MemberSpec => ({
  role: 'proxy',
  options: {
    ...peerPair(pair),
    'peer-client-cert-auth': false,
    'proxy-failure-wait': 1,
    'proxy-refresh-interval': 100,
    ...more,
  },
})
const proxies = {
  valid: proxy(pairs.valid),
  foreign: proxy(pairs['other-authority']),
  serverOnly: proxy(pairs['server-auth-only']),
  terminating: {
    ...proxy(pairs.valid, { 'cert-file': certificateOf(front), 'key-file': keyOf(front) }),
    client: 'https',
  },
} as const satisfies Record<string, MemberSpec>

/** The member's guard taken away, and the proxies that nobody asks then. */
function without(
  world: WorldSpec,
  unasked: readonly string[],
  guard: Parameters<typeof changed>[1],
): WorldSpec {
  const asked = Object.entries(world.members).filter(([name]) => !unasked.includes(name))
  return changed({ ...world, members: Object.fromEntries(asked) }, guard, 'm1')
}

/** The member demands a certificate of clients only. */
const clientAuth: OptionValues = {
  'enable-v2': true,
  'cert-file': certificateOf(server),
  'key-file': keyOf(server),
  'client-cert-auth': true,
  'trusted-ca-file': authority(),
  'peer-cert-file': certificateOf(server),
  'peer-key-file': keyOf(server),
}
const named = { host: 'm1.etcd.local', peer: 'https' } as const
export const demandingOfClients = cluster({
  authorities,
  hosts,
  members: { m1: { ...named, client: 'https', options: clientAuth }, ...proxies },
})
export const openToClients = without(demandingOfClients, ['valid', 'terminating'], {
  'client-cert-auth': undefined,
  'trusted-ca-file': undefined,
})

/** The member demands a certificate of peers only. One proxy is told its address, not the name it advertises. */
export const demandingOfPeers = cluster({
  authorities,
  hosts,
  members: {
    m1: { ...named, options: { 'enable-v2': true, ...peerPair(server) } },
    valid: proxy(pairs.valid, { 'initial-cluster': 'm1=https://@m1:2380' }),
    foreign: proxies.foreign,
    terminating: proxies.terminating,
  },
})
export const openToPeers = without(demandingOfPeers, ['valid', 'terminating'], {
  'peer-client-cert-auth': undefined,
  'peer-trusted-ca-file': undefined,
})

export const write = (to: string, more: Partial<HttpProbe> = {}): HttpProbe =>
  http({ to, scheme: 'http', method: 'PUT', path: '/v2/keys/foo', body: 'value=bar', ...more })
/** TLS to the one proxy that speaks it. */
export const writeOverTls = write('terminating', { scheme: 'https' })
/** Only a member answers so. */
export const written = served({ status: [200, 201], contains: ['"action":"set"', '"value":"bar"'] })
