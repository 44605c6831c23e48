import {
  formed,
  forms,
  http,
  notFormed,
  over,
  scenario,
  served,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { bootstrapped, domain, elsewhere, id, nameOf, withRoot } from './discovery-srv.worlds.ts'

/** Where a CA file is given; 3.2 and 3.3 ask about the older --peer-ca-file only. */
const unnamed = {
  verdict: 'fail',
  seen: { started: true, log: /got bootstrap from DNS for (etcd-server|https)/ },
} as const
const nameNotChecked: KnownDeviation[] = [
  {
    ...unnamed,
    builds: '>=3.4.0',
    why: 'Where --peer-trusted-ca-file is given, as the page does in its own examples of peers with certificates, the domain of --discovery-srv is not looked for in certificates (PeerURLsMapAndToken).',
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
/** Who dials says which name it misses, now and then; who is dialled, from 3.2.0 on, that its certificate is refused. */
const refusedFor = (name: string) => ({
  log: new RegExp(`, not ${name.replaceAll(/[.*]/g, String.raw`\$&`)}\\b|remote error: tls: bad certificate`),
})
/** 3.1.0 and the release that the page takes out. */
const versions = { since: '3.1.0', except: ['3.2.9'] } as const

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
          {
            how: `${looksForWildcard}, which the domain itself does not match: they do not form a cluster`,
            seen: refusedFor('*.etcd.local'),
          },
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

    'neither-name-is-refused': {
      says: 'Members whose certificates name neither the domain nor their own hosts refuse each other.',
      ...versions,
      cites: ['de31cffe'],
      given: elsewhere('peer-trusted-ca-file'),
      when: forms(),
      then: notFormed({ by: 'm1', from: 'm2' }),
      because: { reason: 'client-sent-bad-certificate' },
      unlike: withRoot('peer-trusted-ca-file'),
      before: [
        {
          builds: '<3.1.0',
          alike:
            'One of the two names is looked for in every release; the step is seen in without-root-domain-is-refused.',
        },
        { on: 'control', how: `${looksForWildcard}: those that name the domain refuse each other, too` },
      ],
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
        before: {
          how: 'without the domain they do not form a cluster',
          seen: refusedFor('etcd.local'),
        },
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
  },
})
