import {
  changed,
  cluster,
  curl,
  formed,
  forms,
  http,
  over,
  refused,
  scenario,
  served,
  url,
  type KnownDeviation,
  type MemberSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { alone, answersVersion, automatic, https, id, inClear, unverified } from './auto-tls.worlds.ts'

/** The page's two members; the client URLs are ours, so that they can be reached. */
const infra = (at: string): MemberSpec => ({ ...https, at, options: automatic })
const members = { infra1: infra('10.0.1.10'), infra2: infra('10.0.1.11') }
const pair = cluster({ members })

/** The printed command lines: a discovery URL instead of the list of members. */
const token = '6f1e0c5a9b7d4e28'
const discovery = `/v2/keys/discovery/${token}`
const discovering = {
  ...automatic,
  discovery: `http://@discovery:2379${discovery}`,
  'initial-cluster': undefined,
}
const discovered = cluster({
  members: {
    discovery: { role: 'service', at: '10.0.1.2', options: { 'enable-v2': true } },
    infra1: { ...members.infra1, options: discovering },
    infra2: { ...members.infra2, options: discovering },
  },
  groundwork: [
    http({
      to: 'discovery',
      scheme: 'http',
      method: 'PUT',
      path: `${discovery}/_config/size`,
      body: 'value=2',
    }),
  ],
})

/** As printed there is no client URL: etcd listens at its default one. */
const asPrinted = cluster({
  members: {
    m1: {
      peer: 'https',
      loopback: { client: 2379, peer: 2380 },
      options: { ...automatic, 'listen-client-urls': undefined, 'advertise-client-urls': undefined },
    },
  },
})

const printedRequest = ['-k', url('/v2/keys/foo'), '-Xput', '-d', 'value=bar', '-v']
const get = (listener: 'client' | 'peer', scheme: 'http' | 'https') =>
  http({ listener, scheme, path: '/version', ...(scheme === 'https' ? { tls: unverified } : {}) })

/** `--enable-v2` is off by default since 3.4.0 and was removed with 3.6.0. */
const methodTyped: KnownDeviation = {
  verdict: 'fail',
  seen: { status: 405, body: /Method Not Allowed/ },
  why: 'Methods are case-sensitive (RFC 9110 9.1): etcd takes PUT (allowMethod, etcdserver/api/v2http), the page types put.',
}
/** With zap, which 3.4 was given the choice of and 3.5 has alone, and with the older logger (`serve`, embed/serve.go). */
const servesInClear =
  /serving client traffic insecurely; .*"address":"127\.0\.0\.1:2379"|serving insecure client requests on 127\.0\.0\.1:2379, /
const deviations: Readonly<Record<string, KnownDeviation | KnownDeviation[]>> = {
  'as-printed': {
    verdict: 'fail',
    seen: { exit: 35, error: /SSL_connect/, log: servesInClear },
    why: 'The printed command lines name no client URL, and the default one is http://localhost:2379: --auto-tls changes nothing there (embed/config.go), so the printed https request meets a listener in clear.',
  },
  https: [
    {
      builds: '>=3.4.0',
      verdict: 'fail',
      seen: { status: 404, body: /404 page not found/ },
      why: 'The handshake succeeds, but the printed request is for the v2 keys API, which no build serves by default since 3.4.0.',
    },
    { ...methodTyped, builds: '<3.4.0' },
  ],
  'https-v2-enabled': methodTyped,
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'members-form': {
      says: 'Two members with automatic certificates for clients and peers become a cluster, with no certificate given to them.',
      cites: ['75a16d44', '639e56a4', 'b7e49e9e'],
      given: pair,
      when: forms({ to: 'infra1', tls: unverified }),
      then: formed(),
    },

    'printed-commands': {
      says: 'The printed command lines make two members find each other through the discovery URL and become a cluster.',
      cites: ['1a27a0d3'],
      given: discovered,
      when: forms({ to: 'infra1', tls: unverified }),
      then: formed(),
    },

    'printed-request': {
      says: 'The printed request, its method typed in small letters, is answered.',
      cites: ['ef83e01b'],
      ...over({ listener: ['as-printed', 'https', 'https-v2-enabled'] }, ({ listener }) => ({
        given:
          listener === 'as-printed'
            ? asPrinted
            : listener === 'https'
              ? alone
              : changed(alone, { 'enable-v2': true }),
        when: curl({ args: printedRequest }),
        then: served({ contains: ['"action":"set"', '"value":"bar"'] }),
        known: deviations[listener],
      })),
    },

    'plaintext-is-refused': {
      says: 'With automatic certificates nothing is answered in clear, neither to clients nor to peers.',
      cites: ['75a16d44', 'b7e49e9e'],
      ...over({ listener: ['client', 'peer'] }, ({ listener }) => ({
        given: alone,
        when: get(listener, 'http'),
        then: refused(),
        because: { reason: 'plaintext-to-automatic-tls' },
        unlike: get(listener, 'https'),
        control: served({ contains: answersVersion }),
        without: inClear,
      })),
    },
  },
})
