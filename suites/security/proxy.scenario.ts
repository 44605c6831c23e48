import {
  authority,
  certificateOf,
  changed,
  cluster,
  http,
  keyOf,
  over,
  peerPair,
  refused,
  scenario,
  served,
  started,
  starts,
  type CredentialSpec,
  type HttpProbe,
  type KnownDeviation,
  type MemberSpec,
  type OptionValues,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/**
 * The v2 proxy (`startProxy`, etcdmain/etcd.go; proxy/httpproxy; to 3.5). It dials the members' peer URLs with its
 * peer pair, and their client URLs with its client pair, or where it has none, with its peer pair.
 */
const id = 'security/proxy'
const authorities = { ca: {}, other: {} }
const hosts = { 'm1.etcd.local': '@m1' }
const server: CredentialSpec = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'] }
const front: CredentialSpec = { cn: 'front', hosts: ['terminating.etcd.local', '@terminating'] }

/** Pairs that a proxy may have; the first is what the page asks for. */
const pairs = {
  valid: { cn: 'proxy' },
  'other-authority': { cn: 'proxy', issuer: 'other' },
  'server-auth-only': { cn: 'proxy', usages: ['serverAuth'] },
} as const satisfies Record<string, CredentialSpec>
/** The proxy that has it. */
const withPair = { 'other-authority': 'foreign', 'server-auth-only': 'serverOnly' } as const
const reasons = { 'other-authority': 'unknown-authority', 'server-auth-only': 'wrong-usage' } as const

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
const demandingOfClients = cluster({
  authorities,
  hosts,
  members: { m1: { ...named, client: 'https', options: clientAuth }, ...proxies },
})
const openToClients = without(demandingOfClients, ['valid', 'terminating'], {
  'client-cert-auth': undefined,
  'trusted-ca-file': undefined,
})

/** The member demands a certificate of peers only. One proxy is told its address, not the name it advertises. */
const demandingOfPeers = cluster({
  authorities,
  hosts,
  members: {
    m1: { ...named, options: { 'enable-v2': true, ...peerPair(server) } },
    valid: proxy(pairs.valid, { 'initial-cluster': 'm1=https://@m1:2380' }),
    foreign: proxies.foreign,
    terminating: proxies.terminating,
  },
})
const openToPeers = without(demandingOfPeers, ['valid', 'terminating'], {
  'peer-client-cert-auth': undefined,
  'peer-trusted-ca-file': undefined,
})

const write = (to: string, more: Partial<HttpProbe> = {}) =>
  http({ to, scheme: 'http', method: 'PUT', path: '/v2/keys/foo', body: 'value=bar', ...more })
/** TLS to the one proxy that speaks it. */
const writeOverTls = write('terminating', { scheme: 'https' })
/** Only a member answers so. */
const written = served({ status: [200, 201], contains: ['"action":"set"', '"value":"bar"'] })

const pairOfClients: KnownDeviation = {
  verdict: 'fail',
  seen: { status: 502, body: /httpproxy: unable to get response from 1 endpoint/ },
  why: "A proxy that has a pair for its own clients uses that one, with its trusted CA, towards the members' client URLs as well; the peer pair then serves for their peer URLs only (startProxy, etcdmain/etcd.go).",
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'terminates-client-tls': {
      says: "The proxy ends its client's TLS: it shows its own certificate, and the member is asked in clear.",
      cites: ['03df0ae7'],
      given: demandingOfPeers,
      when: writeOverTls,
      then: served({ ...written, verified: true, shows: front }),
    },

    'plain-client-is-forwarded': {
      says: 'A client that speaks in clear is forwarded as well, to a member that speaks TLS only.',
      cites: ['03df0ae7'],
      given: demandingOfClients,
      when: write('valid'),
      then: written,
      unlike: write('m1', { scheme: 'https' }),
    },

    'uses-the-peer-pair-towards-members': {
      says: 'Towards members the proxy shows the pair of its peer options.',
      cites: ['03df0ae7'],
      ...over({ listener: ['plain', 'tls'] }, ({ listener }) => ({
        given: demandingOfClients,
        when: listener === 'plain' ? write('valid') : writeOverTls,
        then: written,
        ...(listener === 'plain' ? { unlike: write('foreign') } : { known: pairOfClients }),
      })),
    },

    'forwards-to-advertised-client-urls': {
      says: 'Requests go to the client URLs that members advertise.',
      cites: ['7192fa16', 'aeb8fd42'],
      given: demandingOfClients,
      when: http({ to: 'valid', scheme: 'http', path: '/v2/config/local/proxy' }),
      then: served({ contains: ['"endpoints":["https://m1.etcd.local:2379"]'] }),
    },

    'syncs-through-advertised-peer-urls': {
      says: 'The proxy learns the cluster from the peer URLs that members advertise: told an address only, it finds the name.',
      cites: ['7192fa16', 'aeb8fd42'],
      given: demandingOfPeers,
      when: starts('valid'),
      then: started({ logs: ['https://m1.etcd.local:2380'] }),
    },

    'peer-certificate-must-pass-client-auth': {
      says: "A proxy whose peer pair does not pass a member's client authentication is turned away.",
      cites: ['0895ac95'],
      ...over({ pair: ['other-authority', 'server-auth-only'] }, ({ pair }) => ({
        given: demandingOfClients,
        when: write(withPair[pair]),
        then: refused({ by: 'm1' }),
        because: { reason: reasons[pair], proxyAt: 'client' },
        unlike: write('valid'),
        control: written,
        without: openToClients,
      })),
    },

    'peer-certificate-must-pass-peer-auth': {
      says: "A proxy whose peer pair does not pass the members' peer authentication does not learn the cluster.",
      cites: ['49040535'],
      given: demandingOfPeers,
      when: write('foreign'),
      then: refused({ by: 'm1' }),
      because: { reason: 'unknown-authority', proxyAt: 'peer' },
      unlike: write('valid'),
      control: written,
      without: openToPeers,
    },
  },
})
