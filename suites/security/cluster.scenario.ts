import {
  dialled,
  dials,
  formed,
  forms,
  grpc,
  http,
  joins,
  over,
  peerPair,
  refused,
  scenario,
  served,
  ways,
  type ClientTls,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  addresses,
  inClear,
  names,
  pairOf,
  peers,
  secured,
  two,
  unauthenticated,
  urls,
} from './cluster.worlds.ts'

/**
 * Example 3 with the members named to each other beforehand; as printed, through a discovery URL, it is in
 * cluster.discovery.scenario.ts. The peer listener makes the handshake itself (client/pkg/transport/listener_tls.go, 3.4:
 * pkg/transport), and asks for a certificate with --peer-client-cert-auth (listener.go).
 */
const id = 'security/cluster'
const asked = { from: 'outside', listener: 'peer', path: '/members' } as const
const inTls = (tls: ClientTls, to = 'infra1') =>
  http({ ...asked, to, scheme: 'https', tls: { serverName: null, trust: 'anybody', ...tls } })
const plainly = (to: string) => http({ ...asked, to, scheme: 'http' })
/** What only a member answers there. */
const lists = served({ contains: ['"peerURLs"', '"name":"infra1"'] })
const anybody = { cn: 'outside' }

const peerAdded = {
  text: {
    range: '<3.5.0',
    why: 'the old logger is the default to 3.4',
    line: (url: string) => `[${url}] to cluster`,
  },
  json: {
    range: '>=3.5.0',
    why: 'the JSON logger is the default from 3.5 on',
    line: (url: string) => `"added-peer-peer-urls":["${url}"]`,
  },
} as const

export default scenario(id, {
  heading: headingOf(id),
  core: [
    'members-form',
    'all-peer-traffic-is-tls',
    'peer-without-certificate-is-refused',
    'plaintext-peer-is-refused',
  ],
  claims: {
    'members-form': {
      says: 'Two members, each with its own peer pair of one CA and demanding one of the other, become a cluster.',
      cites: ['36404a5d', '9cd67da7'],
      ...over({ way: ways }, ({ way }) => ({
        given: two(way),
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
              unlike: inTls({ as: anybody }, to),
              control: lists,
              without: inClear,
            },
      ),
    },

    'peer-without-certificate-is-refused': {
      says: 'Who has no certificate of the CA is turned away by the peer listener, a member that would join and any other client.',
      cites: ['36404a5d', '9cd67da7'],
      ...over({ as: ['member', 'tls-1.2', 'tls-1.3'] }, ({ as }) => {
        const version = as === 'tls-1.2' ? '1.2' : '1.3'
        const shared = {
          given: secured,
          then: refused({ by: 'infra1' }),
          because: { reason: 'no-client-certificate' },
        } as const
        const bare = joins(
          'bare',
          { 'peer-trusted-ca-file': secured.members.infra1?.options['peer-trusted-ca-file'] },
          { to: 'infra1' },
        )
        return as === 'member'
          ? { ...shared, when: bare, unlike: joins('bare', peerPair(pairOf('bare')), { to: 'infra1' }) }
          : {
              ...shared,
              when: inTls({ version }),
              unlike: inTls({ version, as: anybody }),
              control: served({ ...lists, tls: version }),
              without: unauthenticated,
              needs: { tls: version },
            }
      }),
    },

    'log-shows-https': {
      says: 'The log of each member shows that it reaches the other by https.',
      cites: ['461a6972'],
      ...over({ log: ['text', 'json'], member: names }, ({ log, member: name }) => {
        const { line, ...etcd } = peerAdded[log]
        const url = `https://${addresses[peers[name]]}:2380`
        return {
          given: two('flag'),
          when: forms({ to: 'infra1' }),
          then: formed({ logs: { [name]: [line(url)] } }),
          needs: { etcd },
        }
      }),
    },

    'client-port-unaffected': {
      says: 'Options for peers alone leave the client port as it was: in clear, for anybody.',
      open: 'The printed command lines give no pair for clients, and the page says nothing of their port.',
      ...over({ by: ['http', 'grpc'], member: names }, ({ by, member: to }) =>
        by === 'grpc'
          ? {
              given: secured,
              when: grpc({ to, scheme: 'http', call: 'put', request: { key: 'k', value: 'v' } }),
              then: served(),
            }
          : {
              given: secured,
              when: http({ to, scheme: 'http', path: '/version' }),
              then: served({ contains: ['"etcdserver":"<version>"'] }),
              unlike: http({ to, scheme: 'https', path: '/version', tls: { trust: 'anybody' } }),
            },
      ),
    },

    'plaintext-peer-is-refused': {
      says: 'A peer that speaks in clear to a listener with TLS is turned away, and does not join.',
      cites: ['9cd67da7'],
      ...over({ as: ['member', 'client'] }, ({ as }) => {
        const shared = {
          given: secured,
          then: refused({ by: 'infra1' }),
          because: { reason: 'plaintext-to-tls' },
        } as const
        return as === 'member'
          ? {
              ...shared,
              when: joins('plain', { 'initial-cluster': urls('http', 'plain') }, { to: 'infra1' }),
              unlike: joins('plain', { 'initial-cluster': urls('https', 'plain') }, { to: 'infra1' }),
            }
          : {
              ...shared,
              when: plainly('infra1'),
              unlike: inTls({ as: anybody }),
              control: lists,
              without: inClear,
            }
      }),
    },
  },
})
