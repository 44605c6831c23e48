import {
  formed,
  forms,
  http,
  joined,
  joins,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type ClientTls,
  type CredentialSpec,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { allowed, anyName, literal, named, namesake, only, pairOf } from './peer-common-name.worlds.ts'

/**
 * --peer-cert-allowed-cn: the common name is looked at after the chain, by the side that listens and by the side that
 * dials (VerifyPeerCertificate in baseConfig, client/pkg/transport/listener.go; pkg/transport to 3.4).
 */
const id = 'security/peer-common-name'
const other = 'other.local'
const below = { issuer: namesake, chain: [namesake] } as const
/** Names that are not the allowed one, some only nearly; none at all; and another one below an authority that has it. */
const strangers: Readonly<Record<string, CredentialSpec>> = {
  'longer-name': { cn: `${allowed}.example` },
  'other-case': { cn: 'ETCD.local' },
  'no-name': {},
  'name-of-its-issuer': { cn: other, ...below },
}
const names = (tls: ClientTls) => http({ to: 'm1', listener: 'peer', scheme: 'https', path: '/members', tls })
const before = {
  how: 'the option is not known',
  seen: { exit: 2, log: /^flag provided but not defined: -peer-cert-allowed-cn$/ },
}

const newerWords: KnownDeviation = {
  builds: '>=3.4.0',
  verdict: 'drift',
  seen: { log: /client certificate authentication failed/ },
  why: 'Since 3.4.0, where a host name may be asked for instead, the reason is worded as "client certificate authentication failed".',
}
const joinsAs = (cn: string) => joins('m4', peerPair({ ...pairOf('m4'), cn }), { to: 'm1' })
const right = joins('m4', {}, { to: 'm1' })

/** Lines the page prints, without the date, and how later builds deviate. */
const newerLogger = (log: RegExp): KnownDeviation => ({
  builds: '>=3.5.0',
  verdict: 'drift',
  seen: { log },
  why: "The printed line is the old logger's; since 3.5.0 etcd logs JSON by default, with its own words and fields.",
})
const lines: Readonly<
  Record<'resolving' | 'published' | 'ready' | 'serving', [string, KnownDeviation | KnownDeviation[]]>
> = {
  resolving: [
    'pkg/netutil: resolving m1.etcd.local:2380 to 127.0.0.1:2380',
    [
      {
        builds: '>=3.4.0 <3.4.22 || >=3.5.0 <3.5.6',
        verdict: 'drift',
        seen: {
          log: /"resolved URL Host".*"host":"m1\.etcd\.local:2380","resolved-addr":"127\.0\.0\.1:2380"/,
        },
        why: 'From 3.4.0 on the name is resolved with a logger of its own, which writes JSON.',
      },
      {
        builds: '>=3.4.22 <3.5.0 || >=3.5.6',
        verdict: 'drift',
        seen: {
          log: /published (\{Name:m1 |local member to cluster)/,
          unlogged: /resolving .*:2380|resolved URL Host/,
        },
        why: 'The URLs of --initial-advertise-peer-urls and --initial-cluster are the same, and equal URLs are no longer resolved (urlsEqual, pkg/netutil, in 3.5.6 and not in 3.5.5; by the change log in 3.4.22).',
      },
    ],
  ],
  published: [
    'etcdserver: published {Name:m1 ClientURLs:[https://m1.etcd.local:2379]} to cluster 9db03f09b20de32b',
    newerLogger(
      /published local member to cluster through raft.*\{Name:m1 ClientURLs:\[https:\/\/m1\.etcd\.local:2379\]\}.*"cluster-id":"9db03f09b20de32b"/,
    ),
  ],
  ready: ['embed: ready to serve client requests', newerLogger(/"msg":"ready to serve client requests"/)],
  serving: [
    'embed: serving client requests on 127.0.0.1:2379',
    newerLogger(/"msg":"serving client traffic securely".*"address":"127\.0\.0\.1:2379"/),
  ],
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'equal-names-form': {
      says: 'Members whose certificates have the common name that --peer-cert-allowed-cn names form a cluster.',
      cites: ['567a00c7', '09351ad5', '3b5537af', 'a88cf68a', '217495ee'],
      since: '3.3.0',
      ...over({ at: ['loopback', 'addresses'] }, ({ at }) => ({
        given: at === 'loopback' ? literal : named,
        when: forms(),
        then: formed(),
        before,
      })),
    },

    'other-name-is-refused': {
      says: 'A certificate of the same authority with another common name does not get past the peer port, and its member does not join.',
      cites: ['b81853c6', '09351ad5', 'b4ba7f26', 'b277f72a'],
      since: '3.3.0',
      ...over(
        {
          as: ['member', 'tls-1.2', 'tls-1.3', 'longer-name', 'other-case', 'no-name', 'name-of-its-issuer'],
        },
        ({ as }) => {
          const tls = as === 'tls-1.2' ? '1.2' : '1.3'
          const stranger = strangers[as] ?? { cn: other }
          const shared = {
            given: named,
            then: refused({ by: 'm1' }),
            because: { reason: 'common-name' },
            without: anyName,
            printed: { text: 'CommonName authentication failed' },
            known: newerWords,
            before,
          } as const
          if (as === 'member') return { ...shared, when: joinsAs(other), unlike: right }
          return {
            ...shared,
            when: names({ as: stranger, version: tls }),
            unlike: names({ as: { ...stranger, cn: allowed }, version: tls }),
            control: served({ contains: ['"peerURLs"'], tls }),
            needs: { tls },
          }
        },
      ),
    },

    'other-flag-value-is-refused': {
      says: 'A member that was given another name turns the others away, which log the alert it sends, and does not join.',
      cites: ['b4ba7f26', 'b277f72a'],
      since: '3.3.0',
      given: named,
      when: joins('m4', only('m1.etcd.local'), { to: 'm1' }),
      then: refused({ by: 'm4' }),
      because: { reason: 'dialler-refuses-common-name' },
      unlike: right,
      printed: { text: 'remote error: tls: bad certificate' },
      before,
    },

    'without-the-flag-any-name': {
      says: 'Without --peer-cert-allowed-cn any common name of the authority will do.',
      cites: ['b81853c6'],
      given: anyName,
      when: joinsAs(other),
      then: joined(),
    },

    'printed-log': {
      says: 'Members started as printed log that they resolve the names, publish themselves, and serve.',
      cites: ['91836e59'],
      since: '3.3.0',
      ...over({ line: ['resolving', 'published', 'ready', 'serving'] }, ({ line }) => ({
        given: literal,
        when: forms(),
        then: formed(),
        printed: { text: lines[line][0] },
        known: lines[line][1],
        before,
      })),
    },
  },
})
