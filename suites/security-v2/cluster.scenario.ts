import {
  changed,
  cluster,
  dialled,
  dials,
  formed,
  forms,
  http,
  joins,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type Flags,
  type MemberSpec,
  type WorldSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { discoveryUrl, sizeWrittenDown } from '../security/discovery.worlds.ts'
import { addresses, inClear, names, pairOf, peers, secured, two, urls } from '../security/cluster.worlds.ts'
import type { tlsVersions } from './basic-setup.worlds.ts'
import { oneDash } from './examples.worlds.ts'

/**
 * Example 3 of etcd 2, whose listeners log no refusal (`serveHTTP`, etcdmain/http.go): the same members without the
 * demand, or in clear, stand in. Raw clients come from this host: no etcd 2 looks at the address of a peer.
 */
const id = 'security-v2/cluster'
const asked = { listener: 'peer', path: '/members' } as const
const inTls = (to: string, version: (typeof tlsVersions)[number], as?: { cn: string }) =>
  http({
    ...asked,
    to,
    scheme: 'https',
    tls: { serverName: null, trust: 'anybody', version, ...(as && { as }) },
  })
const versions = { 'tls-1.0': '1.0', 'tls-1.1': '1.1', 'tls-1.2': '1.2' } as const
const plainly = (to: string) => http({ ...asked, to, scheme: 'http' })
/** What only a member answers there. */
const lists = served({ contains: ['"peerURLs"', '"name":"infra1"'] })
const anybody = { cn: 'outside' }
const undemanding: WorldSpec = ['infra1', 'infra2'].reduce(
  (world, of) => changed(world, { 'peer-client-cert-auth': undefined }, of),
  secured,
)
/** Nobody has TLS, and the one that speaks in clear may join. */
const clearAndJoined: WorldSpec = {
  ...inClear,
  members: { ...inClear.members, plain: { role: 'candidate', at: '10.0.1.4', options: {} } },
}
const ca = secured.members.infra1?.options['peer-trusted-ca-file']

/** As printed: two members that know nothing of each other but a discovery URL. */
const found = (name: string, at: string, flags: Flags): MemberSpec => ({
  at,
  peer: 'https',
  flags,
  options: {
    ...peerPair({ cn: name, hosts: [at] }),
    discovery: discoveryUrl,
    'initial-cluster': undefined,
  },
})

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'members-form': {
      says: 'Two members, each with its own peer pair of one CA and demanding one of the other, become a cluster.',
      cites: ['8a9a2a69', '36404a5d', '9cd67da7'],
      ...over({ way: ['flag', 'variable'] }, ({ way }) => ({
        given: two(way),
        when: forms({ to: 'infra1' }),
        then: formed(),
      })),
    },

    'discovery-url': {
      says: 'Started as printed, with one dash, two members find each other through a discovery URL and become a cluster.',
      cites: ['663369d4', '9cd67da7'],
      ...over({ flags: oneDash }, ({ flags }) => ({
        given: cluster({
          members: {
            discovery: { role: 'service', at: '10.0.1.2', options: {} },
            infra1: found('infra1', '10.0.1.10', flags),
            infra2: found('infra2', '10.0.1.11', flags),
          },
          groundwork: [sizeWrittenDown],
        }),
        when: forms({ to: 'infra1' }),
        then: formed(),
      })),
    },

    'all-peer-traffic-is-tls': {
      says: 'All that goes between the members is encrypted and authenticated with their pairs: the listener takes nothing in clear, and who dials shows its certificate.',
      cites: ['9cd67da7'],
      ...over({ member: names, side: ['listens', 'dials'] }, ({ member: to, side }) =>
        side === 'dials'
          ? { given: secured, when: dials({ to }), then: dialled(pairOf(to)) }
          : {
              given: secured,
              when: plainly(to),
              then: refused({ by: to }),
              because: { reason: 'plaintext-to-tls' },
              unlike: inTls(to, '1.2', anybody),
              control: lists,
              without: inClear,
            },
      ),
    },

    'peer-without-certificate-is-refused': {
      says: 'Who has no certificate of the CA is turned away by the peer listener, a member that would join and any other client.',
      cites: ['36404a5d', '9cd67da7'],
      ...over({ as: ['member', 'tls-1.0', 'tls-1.1', 'tls-1.2'] }, ({ as }) => {
        const shared = {
          given: secured,
          then: refused({ by: 'infra1' }),
          because: { reason: 'no-client-certificate' },
          without: undemanding,
        } as const
        if (as === 'member')
          return {
            ...shared,
            when: joins('bare', { 'peer-trusted-ca-file': ca }, { to: 'infra1' }),
            unlike: joins('bare', peerPair(pairOf('bare')), { to: 'infra1' }),
          }
        const tls = versions[as]
        return {
          ...shared,
          when: inTls('infra1', tls),
          unlike: inTls('infra1', tls, anybody),
          control: lists,
          needs: { tls },
        }
      }),
    },

    'plaintext-peer-is-refused': {
      says: 'A peer that speaks in clear to a listener with TLS is turned away, and does not join.',
      cites: ['9cd67da7'],
      given: secured,
      when: joins('plain', { 'initial-cluster': urls('http', 'plain') }, { to: 'infra1' }),
      then: refused({ by: 'infra1' }),
      because: { reason: 'plaintext-to-tls' },
      unlike: joins('plain', { 'initial-cluster': urls('https', 'plain') }, { to: 'infra1' }),
      without: clearAndJoined,
    },

    'log-shows-https': {
      says: 'The log of each member shows that it reaches the other by https.',
      cites: ['30364c49'],
      ...over({ member: names }, ({ member: name }) => ({
        given: two('flag'),
        when: forms({ to: 'infra1' }),
        then: formed({ logs: { [name]: [`[https://${addresses[peers[name]]}:2380] to cluster`] } }),
      })),
    },

    'client-port-unaffected': {
      says: 'Options for peers alone leave the client port as it was: in clear, for anybody.',
      cites: ['663369d4'],
      ...over({ member: names }, ({ member: to }) => ({
        given: secured,
        when: http({ to, scheme: 'http', path: '/v2/keys/foo', method: 'PUT', body: 'value=bar' }),
        then: served({ contains: ['"action":"set"'] }),
      })),
    },
  },
})
