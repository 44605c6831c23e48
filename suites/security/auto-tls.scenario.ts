import {
  authority,
  changed,
  clientRefuses,
  cluster,
  curl,
  etcd,
  etcdctl,
  formed,
  forms,
  http,
  over,
  refused,
  scenario,
  served,
  url,
  type ClientTls,
  type CredentialSpec,
  type KnownDeviation,
  type MemberSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/**
 * Example 4: certificates that etcd makes itself (`SelfCert`, pkg/transport/listener.go; from 3.5 client/pkg): self-signed,
 * ECDSA P-521, for the addresses it listens at. A member that has one does not verify the others. No failed handshake
 * of such a listener is logged, so for a refusal the same world in clear stands in.
 */
const id = 'security/auto-tls'
const automatic = { 'auto-tls': true, 'peer-auto-tls': true } as const
const https = { client: 'https', peer: 'https' } as const
const alone = etcd({ ...https, authorities: { ca: {}, other: {} }, options: automatic })
const inClear = etcd({ options: {} })

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
    discovery: { role: 'service', options: { 'enable-v2': true } },
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

type Version = '1.2' | '1.3'
const speaking = (version: Version) => [`--tlsv${version}`, '--tls-max', version]
const curls = { 'curl-tls1.2': '1.2', 'curl-tls1.3': '1.3' } as const
const askVersion = ['-sS', url('/version')]
const answersVersion = ['"etcdserver":"<version>"']
const printedRequest = ['-k', url('/v2/keys/foo'), '-Xput', '-d', 'value=bar', '-v']
const writeWithEtcdctl = ['--command-timeout=1s', '--endpoints', url(), 'put', 'foo', 'bar']

const unverified: ClientTls = { trust: 'anybody' }
const get = (listener: 'client' | 'peer', scheme: 'http' | 'https') =>
  http({ listener, scheme, path: '/version', ...(scheme === 'https' ? { tls: unverified } : {}) })

/** Whoever shows whatever: etcd does not ask for a certificate. */
const clients: Readonly<Record<string, CredentialSpec | undefined>> = {
  'no-certificate': undefined,
  'other-authority': { cn: 'client', issuer: 'other' },
  'self-signed': { cn: 'client', issuer: 'self' },
  expired: { cn: 'client', notBefore: '-2d', notAfter: '-1d' },
}

/** `--enable-v2` is off by default since 3.4.0 and was removed with 3.6.0. */
const deviations: Readonly<Record<string, KnownDeviation>> = {
  'as-printed': {
    verdict: 'fail',
    seen: { exit: 35, error: /SSL/ },
    why: 'The printed command lines name no client URL, and the default one is http://localhost:2379: --auto-tls changes nothing there (embed/config.go), so the printed https request meets a listener in clear.',
  },
  https: {
    builds: '>=3.4.0',
    verdict: 'fail',
    seen: { status: 404, body: /404 page not found/ },
    why: 'The handshake succeeds, but the printed request is for the v2 keys API, which no build serves by default since 3.4.0.',
  },
  'https-v2-enabled': {
    verdict: 'fail',
    seen: { status: 405, body: /Method Not Allowed/ },
    why: 'Methods are case-sensitive (RFC 9110 9.1): etcd takes PUT (allowMethod, etcdserver/api/v2http), the page types put.',
  },
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

    'verifying-client-refuses': {
      says: 'A client that verifies etcd turns it away: the certificate is signed by nobody but itself.',
      cites: ['395d5338'],
      ...over({ client: ['curl-tls1.2', 'curl-tls1.3', 'etcdctl'] }, ({ client }) => ({
        given: alone,
        then: clientRefuses(),
        ...(client === 'etcdctl'
          ? {
              when: etcdctl({ args: ['--cacert', authority(), ...writeWithEtcdctl] }),
              because: {
                exit: 1,
                // The second is all that etcdctl 3.4 says where Debian links it with gRPC 1.33.3.
                error: /x509: certificate signed by unknown authority|all SubConns are in TransientFailure/,
                reason: 'client-refuses-automatic-tls',
              },
              unlike: etcdctl({
                args: ['--cacert', authority(), '--insecure-skip-tls-verify', ...writeWithEtcdctl],
              }),
              control: served({ contains: ['OK'] }),
            }
          : {
              when: curl({ args: ['--cacert', authority(), ...speaking(curls[client]), ...askVersion] }),
              because: {
                exit: 60,
                // OpenSSL 3 and 1.1.
                error: /SSL certificate problem: self[- ]signed certificate$/m,
                reason: 'client-refuses-automatic-tls',
              },
              unlike: curl({ args: ['-k', ...speaking(curls[client]), ...askVersion] }),
              control: served({ contains: answersVersion, tls: curls[client] }),
              needs: { tls: curls[client] },
            }),
      })),
    },

    'printed-client-error': {
      says: 'curl ends with error 60 and says that the chain is not valid.',
      cites: ['197a84fe'],
      given: alone,
      when: curl({ args: askVersion }),
      then: clientRefuses(),
      because: {
        exit: 60,
        error: /SSL certificate problem: self[- ]signed certificate$/m,
        reason: 'client-refuses-automatic-tls',
      },
      unlike: curl({ args: ['-k', ...askVersion] }),
      control: served({ contains: answersVersion }),
      printed: {
        exit: 60,
        text: 'curl: (60) SSL certificate problem: Invalid certificate chain',
        in: 'error',
      },
      known: {
        verdict: 'drift',
        seen: { exit: 60, error: /^curl: \(60\) SSL certificate problem: self[- ]signed certificate$/m },
        why: "The number is the page's; the words behind it are those of the TLS library that curl was built with, here OpenSSL's.",
      },
    },

    'unverifying-client-is-served': {
      says: 'A client that was told not to verify etcd is answered.',
      cites: ['aa5e116d'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: alone,
        when: curl({ args: ['-k', ...speaking(tls), ...askVersion] }),
        then: served({ contains: answersVersion, tls }),
        unlike: curl({ args: ['--cacert', authority(), ...speaking(tls), ...askVersion] }),
        needs: { tls },
      })),
    },

    'identity-is-not-authenticated': {
      says: 'Whoever the client is, with any certificate or none, it is answered.',
      cites: ['395d5338', '75a16d44'],
      ...over(
        {
          client: ['no-certificate', 'other-authority', 'self-signed', 'expired'],
          listener: ['client', 'peer'],
        },
        ({ client, listener }) => {
          const as = clients[client]
          return {
            given: alone,
            when: http({
              listener,
              scheme: 'https',
              path: '/version',
              tls: { ...unverified, ...(as && { as }) },
            }),
            then: served({ contains: answersVersion }),
          }
        },
      ),
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
