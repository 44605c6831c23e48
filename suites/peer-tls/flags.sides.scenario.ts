import {
  authority,
  certificateOf,
  dialled,
  dials,
  etcd,
  http,
  keyOf,
  over,
  scenario,
  served,
  type ClientTls,
  type CredentialSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { answersNames, anyName, authorities, commonName, names, pairOf } from './peers.worlds.ts'

/** The flags of the article that do what it says (embed/config.go: ClientTLSInfo, PeerTLSInfo). */
const id = 'peer-tls/flags'
const client = { cn: 'client' }
const own: CredentialSpec = { cn: commonName('n1'), hosts: ['m1.etcd.local', '@m1'] }
const clientFlags = etcd({
  authorities,
  client: 'https',
  options: {
    'cert-file': certificateOf(own),
    'key-file': keyOf(own),
    'trusted-ca-file': authority(),
    'client-cert-auth': true,
  },
})

const version = (scheme: 'http' | 'https', to: string, tls: ClientTls = {}) =>
  http({ to, scheme, path: '/version', ...(scheme === 'https' && { tls }) })
const answersVersion = ['"etcdserver":"<version>"']

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'pair-is-the-nodes-own': {
      says: 'The pair of --peer-cert-file and --peer-key-file is what the node shows, when it listens and when it dials.',
      cites: ['a93567a8', '4fd0bed7', 'f6600409', '1bc6e7a6'],
      ...over({ side: ['listens', 'dials'] }, ({ side }) => ({
        given: anyName,
        ...(side === 'listens'
          ? {
              when: names('n1', { as: { cn: 'peer' } }),
              then: served({ contains: answersNames, shows: pairOf('n1') }),
            }
          : { when: dials({ to: 'n1' }), then: dialled(pairOf('n1')) }),
      })),
    },

    'client-side-is-distinct': {
      says: 'Clients have flags of their own: those of one side leave the other as it was.',
      cites: ['28e7b735'],
      ...over({ set: ['peer-flags', 'client-flags'] }, ({ set }) =>
        set === 'peer-flags'
          ? {
              given: anyName,
              when: version('http', 'n1'),
              then: served({ contains: answersVersion }),
              unlike: names('n1', {}),
            }
          : {
              given: clientFlags,
              when: http({ listener: 'peer', scheme: 'http', path: '/members' }),
              then: served({ contains: answersNames }),
              unlike: version('https', 'm1', { as: { ...client, issuer: 'other' } }),
            },
      ),
    },
  },
})
