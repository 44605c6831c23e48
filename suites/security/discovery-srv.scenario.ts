import {
  authority,
  certificateOf,
  clientRefuses,
  cluster,
  etcd,
  etcdctl,
  formed,
  forms,
  http,
  keyOf,
  notFormed,
  over,
  peerPair,
  scenario,
  served,
  type KnownDeviation,
  type MemberSpec,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/**
 * Members that find each other by SRV. The domain becomes the name that dialled members must show
 * (`PeerURLsMapAndToken`, server/embed/config.go; 3.4: embed/config.go), but only when no CA file is given: with
 * `peer-trusted-ca-file` the name is the one in the URL. Without the file both sides verify with the system's
 * authorities, which Go reads from SSL_CERT_FILE (`loadSystemRoots`, crypto/x509/root_unix.go).
 */
const id = 'security/discovery-srv'
const domain = 'etcd.local'
const names = ['m1', 'm2'] as const
const at = { m1: '10.138.0.2', m2: '10.138.0.3' }
const nameOf = (member: string) => `${member}.${domain}`

const zone = {
  forward: Object.fromEntries(names.map((name) => [nameOf(name), [at[name]]])),
  services: {
    [`_etcd-server-ssl._tcp.${domain}`]: names.map((name) => ({ target: nameOf(name), port: 2380 })),
    [`_etcd-client-ssl._tcp.${domain}`]: [{ target: nameOf('m1'), port: 2379 }],
    [`_etcd-client-ssl._tcp.${nameOf('m1')}`]: [{ target: nameOf('m1'), port: 2379 }],
  },
}

type Trust = 'system' | 'peer-trusted-ca-file'

/** A member whose certificate has its own name and the given ones. */
function member(name: (typeof names)[number], trust: Trust, more: readonly string[]): MemberSpec {
  const { 'peer-trusted-ca-file': file, ...pair } = peerPair({ cn: name, hosts: [nameOf(name), ...more] })
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
const bootstrapped = (trust: Trust, ...more: string[]): WorldSpec =>
  cluster({ members: { m1: member('m1', trust, more), m2: member('m2', trust, more) }, dns: zone })
const withRoot = (trust: Trust) => bootstrapped(trust, domain)

/** Where a CA file is given; 3.2 and 3.3 ask about the older --peer-ca-file only. */
const unnamed = {
  verdict: 'fail',
  seen: { started: true, log: /got bootstrap from DNS for (etcd-server|https)/ },
} as const
const nameNotChecked: KnownDeviation[] = [
  {
    ...unnamed,
    builds: '>=3.4.0',
    why: 'Where --peer-trusted-ca-file is given, as the page itself does everywhere, the domain of --discovery-srv is not looked for in certificates (PeerURLsMapAndToken).',
  },
  {
    ...unnamed,
    builds: '<3.2.0',
    why: 'Where a CA file is given, 3.1 forgets the domain: any host with a certificate of the CA is trusted (ClientConfig, pkg/transport/listener.go).',
  },
]
const namedAlready: KnownDeviation = {
  side: 'before',
  builds: '<3.1.0',
  verdict: 'fail',
  seen: { log: /got bootstrap from DNS for etcd-server/ },
  why: '3.0 looks for the domain already (getPeerURLsMapAndToken, etcdmain/etcd.go of 3.0.17), where no CA file is given.',
}
const looksForWildcard =
  '3.2.9 looks for *.etcd.local in the certificates (PeerURLsMapAndToken, embed/config.go)'
/** 3.1.0 and the release that the page takes out. */
const versions = { since: '3.1.0', except: ['3.2.9'] } as const

/** One member that clients find by SRV; its certificate has its own name and the given ones. */
const found = (...more: string[]): WorldSpec => {
  const pair = { cn: 'm1', hosts: [nameOf('m1'), ...more] }
  return etcd({
    at: at.m1,
    host: nameOf('m1'),
    client: 'https',
    options: { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) },
    dns: zone,
  })
}
/** Time for one refused handshake and its second try: etcdctl goes on until its time is over. */
const finding = (by: string, ...more: string[]) =>
  etcdctl({
    args: [
      `--discovery-srv=${by}`,
      ...more,
      '--cacert',
      authority(),
      '--command-timeout=2s',
      'put',
      'foo',
      'bar',
    ],
  })
const secure = '--insecure-discovery=false'

const servedAllTheSame = { exit: 0, body: /^OK/m }
/**
 * The domain is in etcdctl's TLS settings, but the connection comes with the name of the endpoint
 * (client/v3/internal/resolver), and that counts in the newer gRPC: `ClientHandshake` of its credentials/tls.go leaves
 * a given name alone at v1.26, v1.59 and v1.71, and replaces it at v1.79 and later. By the go.mod of etcdctl that is so
 * from 3.5.33, 3.6.14 and 3.7.0 on, and not yet at 3.5.21 and 3.6.8.
 */
const domainOverruled: KnownDeviation = {
  builds: '>=3.5.33 <3.6.0 || >=3.6.14',
  verdict: 'fail',
  seen: servedAllTheSame,
  why: "With today's gRPC the name of the endpoint takes the place of the domain: etcdctl does not look for the domain although it is told to be secure.",
}
const domainForgotten: KnownDeviation = {
  verdict: 'fail',
  seen: servedAllTheSame,
  why: 'etcdctl takes insecure records by default, and then forgets the domain (--insecure-discovery, secureCfgFromCmd of etcdctl).',
}

const needs = { etcd: { range: '>=3.3.0', why: 'etcdctl finds by SRV over the v3 API since 3.3.0' } }

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'root-domain-in-san-is-accepted': {
      says: 'Members that find each other by SRV and whose certificates name the domain form a cluster.',
      ...versions,
      cites: ['78df761f', 'fc19021f', 'de31cffe'],
      ...over({ trust: ['system', 'peer-trusted-ca-file'] }, ({ trust }) => ({
        given: withRoot(trust),
        when: forms(),
        before: [
          {
            builds: '<3.1.0',
            alike:
              'Members with more names than are looked for form a cluster, too; the step is seen in without-root-domain-is-refused.',
          },
          { how: `${looksForWildcard}, which the domain itself does not match: they do not form a cluster` },
        ],
        then: formed({
          asked: [`SRV _etcd-server-ssl._tcp.${domain}`, `A ${nameOf('m1')}`, `A ${nameOf('m2')}`],
        }),
      })),
    },

    'without-root-domain-is-refused': {
      says: 'Members whose certificates do not name the domain refuse each other.',
      ...versions,
      cites: ['78df761f', 'fc19021f', 'de31cffe'],
      ...over({ trust: ['system', 'peer-trusted-ca-file'] }, ({ trust }) => ({
        given: bootstrapped(trust),
        when: forms(),
        then: notFormed({ by: 'm1', from: 'm2' }),
        because: { reason: 'client-sent-bad-certificate' },
        unlike: withRoot(trust),
        before: [
          { builds: '<3.1.0', how: 'they form a cluster', seen: { started: true } },
          { on: 'control', how: `${looksForWildcard}: those that name the domain refuse each other, too` },
        ],
        known: trust === 'system' ? namedAlready : nameNotChecked,
      })),
    },

    'who-dials-in-is-not-asked': {
      says: 'A peer that dials in is served without the domain in its certificate.',
      cites: ['de31cffe'],
      open: 'The page speaks of the certificates that are provided, without saying by whom. etcd looks for the domain in those of the members that it dials, not in those of who dials in.',
      given: withRoot('peer-trusted-ca-file'),
      when: http({ listener: 'peer', scheme: 'https', path: '/version', tls: { as: { cn: 'peer' } } }),
      then: served({ contains: ['"etcdserver":"<version>"'] }),
      unlike: http({ listener: 'peer', scheme: 'https', path: '/version', tls: {} }),
    },

    'exception-in-3.2.9': {
      says: 'In 3.2.9 the domain is not looked for.',
      cites: ['78df761f'],
      since: '3.2.9',
      until: '3.2.10',
      ...over({ certificate: ['own-name', 'wildcard'] }, ({ certificate }) => ({
        given: certificate === 'wildcard' ? bootstrapped('system', `*.${domain}`) : bootstrapped('system'),
        when: forms(),
        then: formed(),
        before: { how: 'without the domain they do not form a cluster' },
        needs: { etcd: { range: '>=3.1.0', why: '3.0 does not log who turned whom away' } },
        ...(certificate === 'wildcard'
          ? {}
          : {
              known: {
                verdict: 'fail',
                seen: { log: /x509: certificate is valid for m2\.etcd\.local, not \*\.etcd\.local/ },
                why: `${looksForWildcard}: only those whose certificates have that very name form a cluster.`,
              } as const,
            }),
      })),
    },

    'clients-are-checked-too': {
      says: 'A client that finds etcd by SRV refuses a certificate that does not name the domain.',
      since: '3.1.0',
      cites: ['de31cffe'],
      ...over({ discovery: ['secure', 'as-it-comes'] }, ({ discovery }) => ({
        given: found(),
        when: discovery === 'secure' ? finding(domain, secure) : finding(domain),
        then: clientRefuses(),
        because: {
          exit: 1,
          error: /x509: certificate is valid for m1\.etcd\.local, not etcd\.local/,
          reason: 'client-sent-bad-certificate',
        },
        unlike: finding(nameOf('m1'), secure),
        known: discovery === 'secure' ? domainOverruled : domainForgotten,
        needs,
      })),
    },

    'clients-accept-the-root-domain': {
      says: 'A client that finds etcd by SRV accepts a certificate that names the domain.',
      since: '3.1.0',
      cites: ['de31cffe'],
      given: found(domain),
      when: finding(domain, secure),
      then: served({ contains: ['OK'], asked: [`SRV _etcd-client-ssl._tcp.${domain}`, `A ${nameOf('m1')}`] }),
      needs,
    },
  },
})
