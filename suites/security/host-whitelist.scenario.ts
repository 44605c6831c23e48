import {
  certificateOf,
  changed,
  etcd,
  grpc,
  http,
  keyOf,
  over,
  refused,
  scenario,
  served,
  ways,
  type HttpProbe,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/**
 * The list is asked by `accessController.ServeHTTP` (embed/serve.go) for every HTTP request that came without TLS,
 * before any endpoint sees it; `GetHostname` (pkg/httputil) takes the port off the Host field first.
 */
const id = 'security/host-whitelist'
const listed = 'm1.etcd.local'
const foreign = 'attacker.example'

const listing = etcd({ options: { 'host-whitelist': listed } })
const withV2 = changed(listing, { 'enable-v2': true })
const noList = (world: typeof listing) => changed(world, { 'host-whitelist': undefined })

const pair = { cn: listed, hosts: [listed, '@m1'] }
const listingOverHttps = etcd({
  client: 'https',
  options: { 'host-whitelist': listed, 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) },
})

const root = { name: 'root', password: 'toor' }
const withAuthentication = etcd({
  options: { 'host-whitelist': listed },
  setup: [
    // Early 3.4 keeps the password only where options are sent, as etcdctl does (UserAdd, auth/store.go).
    grpc({ scheme: 'http', call: 'userAdd', request: { ...root, options: { no_password: false } } }),
    grpc({ scheme: 'http', call: 'roleAdd', request: { name: 'root' } }),
    grpc({ scheme: 'http', call: 'userGrantRole', request: { user: 'root', role: 'root' } }),
    grpc({ scheme: 'http', call: 'authEnable' }),
  ],
})

const ask = (host: string, what: Partial<HttpProbe> = {}) =>
  http({ scheme: 'http', path: '/version', host, ...what })
const withPort = (host: string, port: 'with' | 'without') => (port === 'with' ? `${host}:2379` : host)

/** One request per family of endpoints, and what only etcd answers there. */
const endpoints = {
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
const to = ({ says: _, ...request }: (typeof endpoints)[keyof typeof endpoints]): Partial<HttpProbe> =>
  request

/**
 * Requests by whether authentication is on, and what a listed Host is answered. The signing in is only answered where
 * it is, a call without a user and one with a token that nobody gave are only refused there.
 */
const whileAuthentication = {
  off: { ...endpoints.gateway, status: 200 },
  on: { path: '/v3/auth/authenticate', method: 'POST', body: root, status: 200, says: '"token"' },
  'on-version': { ...endpoints.version, status: 200 },
  'on-range': { ...endpoints.gateway, status: 400, says: 'etcdserver: user name is empty' },
  'on-token': {
    ...endpoints.gateway,
    headers: { Authorization: 'abcdefghijklmnop.1' },
    status: 401,
    says: 'etcdserver: invalid auth token',
  },
} as const satisfies Record<string, Partial<HttpProbe> & { status: number; says: string }>

/** The page prints the option in its v3.3 edition. */
const cameWith34: KnownDeviation = {
  builds: '<3.4.0',
  verdict: 'fail',
  seen: { started: false, log: /flag provided but not defined: -host-whitelist/ },
  why: 'The page prints --host-whitelist in its v3.3 edition, but the option came with 3.4.0.',
}
/** An unknown variable or key of the config file is passed over in silence, so there is nothing to ask. */
const needs34 = { etcd: { range: '>=3.4.0', why: 'before, etcd passes over the unknown option in silence' } }

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'listed-name-is-served': {
      says: 'A plain HTTP request whose Host is on the list is answered, however the list was given.',
      cites: ['f6cddb5e', '879a735f'],
      ...over({ way: ways, port: ['with', 'without'] }, ({ way, port }) => ({
        given: way === 'flag' ? listing : etcd({ options: { 'host-whitelist': listed }, way }),
        when: ask(withPort(listed, port)),
        then: served({ contains: [endpoints.version.says] }),
        unlike: ask(withPort(foreign, port)),
        ...(way === 'flag' ? { known: cameWith34 } : { needs: needs34 }),
      })),
    },

    'unlisted-name-is-refused': {
      says: 'Over plain HTTP a request whose Host is not on the list is turned away, whatever it asks for.',
      cites: ['4469ba7e', '879a735f', 'e2bb13a0'],
      ...over(
        { endpoint: ['version', 'health', 'metrics', 'gateway', 'v2-keys'], port: ['with', 'without'] },
        ({ endpoint, port }) => {
          const given = endpoint === 'v2-keys' ? withV2 : listing
          const request = to(endpoints[endpoint])
          return {
            given,
            when: ask(withPort(foreign, port), request),
            then: refused(),
            because: { reason: 'host-not-whitelisted' },
            unlike: ask(withPort(listed, port), request),
            control: served({ contains: [endpoints[endpoint].says] }),
            without: noList(given),
            known: cameWith34,
          }
        },
      ),
    },

    'https-allows-any-name': {
      says: 'With the same list, a request over TLS is answered whatever its Host is.',
      cites: ['eac12983'],
      ...over(
        { endpoint: ['version', 'health', 'metrics', 'gateway'], tls: ['1.2', '1.3'] },
        ({ endpoint, tls: version }) => ({
          given: listingOverHttps,
          when: ask(foreign, { ...to(endpoints[endpoint]), scheme: 'https', tls: { version } }),
          then: served({ contains: [endpoints[endpoint].says], tls: version }),
          needs: { tls: version },
          known: cameWith34,
        }),
      ),
    },

    'enforced-with-authentication': {
      says: 'The list holds whether etcd asks for a user name or not.',
      cites: ['bffa8226'],
      ...over(
        { authentication: ['off', 'on', 'on-version', 'on-range', 'on-token'] },
        ({ authentication }) => {
          const { status, says, ...request } = whileAuthentication[authentication]
          const given = authentication === 'off' ? listing : withAuthentication
          return {
            given,
            when: ask(foreign, request),
            then: refused(),
            because: { reason: 'host-not-whitelisted' },
            unlike: ask(listed, request),
            control: served({ status, contains: [says] }),
            without: noList(given),
            known: cameWith34,
          }
        },
      ),
    },
  },
})
