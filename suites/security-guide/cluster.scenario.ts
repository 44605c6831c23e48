import {
  authority,
  certificateOf,
  changed,
  cluster,
  etcdctl,
  formed,
  forms,
  grpc,
  http,
  keyOf,
  over,
  refused,
  scenario,
  served,
  type ClientTls,
  type CredentialSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { asPrinted, client, peerPairOf, single, withAddresses } from './guide.worlds.ts'

/** The guide's cluster of three, and what its flags keep out. */
const id = 'security-guide/cluster'
const asClient: ClientTls = { as: client }
const foreign: CredentialSpec = { ...client, issuer: 'other' }

type Version = '1.2' | '1.3'
const answersVersion = ['"etcdserver":"<version>"']
const ask = (tls: ClientTls) => http({ scheme: 'https', path: '/version', tls })
/** From where the second member would be. */
const askAsPeer = (tls: ClientTls) =>
  http({ scheme: 'https', listener: 'peer', from: 'second', path: '/version', tls })
const open = changed(single, { 'client-cert-auth': undefined, 'trusted-ca-file': undefined })
const anyPeer = changed(single, { 'peer-cert-allowed-cn': undefined })
/** No URL is given: where etcd listens, and whether in clear, it says itself. */
const defaults = cluster({
  members: {
    m1: {
      loopback: { client: 2379, peer: 2380 },
      options: {
        'listen-client-urls': undefined,
        'advertise-client-urls': undefined,
        'listen-peer-urls': undefined,
        'initial-advertise-peer-urls': undefined,
        'initial-cluster': undefined,
      },
    },
  },
})

const endpoints = ['https://etcd-1.local:12379', 'https://etcd-2.local:22379', 'https://etcd-3.local:32379']
/** The printed variables. */
const variables = {
  ETCDCTL_API: '3',
  ETCDCTL_ENDPOINTS: endpoints.join(),
  ETCDCTL_CACERT: '/tls/assets/ca.pem',
  ETCDCTL_CERT: '/tls/assets/client.pem',
  ETCDCTL_KEY: '/tls/assets/client-key.pem',
}
const assets = {
  '/tls/assets/ca.pem': authority(),
  '/tls/assets/client.pem': certificateOf(client),
  '/tls/assets/client-key.pem': keyOf(client),
}
const withEtcdctl = (...args: string[]) =>
  etcdctl({ to: 'infra1', args, files: assets, environment: variables })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'three-members-form': {
      says: "With the guide's flags and certificates three members become a cluster, and each is listed with its https URL.",
      cites: ['614b4da3', '71a4b11a', '1386be3a'],
      given: withAddresses,
      when: forms({ to: 'infra1', tls: asClient }),
      then: formed(),
    },

    'as-printed': {
      says: 'The cluster forms on one machine, all names on 127.0.0.1 and the printed ports.',
      cites: ['39d2a204', '3337e0af', '2be9e313', 'cd5b697e', '0fe800c1'],
      given: asPrinted,
      when: forms({ to: 'infra1', tls: asClient }),
      then: formed(),
    },

    'etcdctl-through-all-endpoints': {
      says: 'etcdctl, pointed at all three endpoints by the printed variables, uses the cluster.',
      cites: ['4e861fd9', '61e52daf'],
      ...over({ command: ['put', 'endpoint-status'] }, ({ command }) => ({
        given: asPrinted,
        when: command === 'put' ? withEtcdctl('put', 'foo', 'bar') : withEtcdctl('endpoint', 'status'),
        then: served({
          contains: command === 'put' ? ['OK'] : endpoints.map((endpoint) => `${endpoint}, `),
        }),
      })),
    },

    'member-list-format': {
      says: 'etcdctl lists three started members with their https URLs, in the printed columns.',
      cites: ['f115aa0f'],
      given: asPrinted,
      when: withEtcdctl('member', 'list'),
      then: served({
        contains: [1, 2, 3].map(
          (n) =>
            `, started, infra${String(n)}, https://etcd-${String(n)}.local:${String(n)}2380, https://etcd-${String(n)}.local:${String(n)}2379`,
        ),
      }),
      printed: {
        text: ', started, infra3, https://etcd-3.local:32380, https://etcd-3.local:32379\n',
        in: 'output',
      },
      known: {
        builds: '>=3.4.0',
        verdict: 'drift',
        seen: {
          body: /, started, infra3, https:\/\/etcd-3\.local:32380, https:\/\/etcd-3\.local:32379, false$/m,
        },
        why: 'Since 3.4.0 there is one more column: whether the member is a learner (makeMemberListTable, etcdctl/ctlv3/command/printer.go).',
      },
    },

    'client-certificate-is-required': {
      says: 'A client without a certificate of the authority is turned away.',
      cites: ['614b4da3', '71a4b11a'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }: { tls: Version }) => ({
        given: single,
        when: ask({ version: tls }),
        then: refused(),
        because: { reason: 'no-client-certificate' },
        unlike: ask({ version: tls, ...asClient }),
        control: served({ contains: answersVersion, tls }),
        without: open,
        needs: { tls },
      })),
    },

    'other-authority-is-refused': {
      says: 'A client certificate that another authority made by the same commands is turned away.',
      cites: ['71a4b11a'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }: { tls: Version }) => ({
        given: single,
        when: ask({ version: tls, as: foreign }),
        then: refused(),
        because: { reason: 'unknown-authority' },
        unlike: ask({ version: tls, ...asClient }),
        control: served({ contains: answersVersion, tls }),
        without: open,
        needs: { tls },
      })),
    },

    'peer-name-keeps-clients-out': {
      says: "A client's certificate of the same authority does not open the peer port; a member's does.",
      cites: ['1386be3a', '0fe800c1'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }: { tls: Version }) => ({
        given: single,
        when: askAsPeer({ version: tls, ...asClient }),
        then: refused(),
        because: { reason: 'common-name' },
        unlike: askAsPeer({ version: tls, as: peerPairOf(2) }),
        control: served({ contains: answersVersion, tls }),
        without: anyPeer,
        needs: { tls },
      })),
    },

    'defaults-have-no-tls': {
      says: 'With default options etcd speaks no TLS to anyone: a request in clear is served, to clients and to peers.',
      cites: ['0a6af0b8'],
      ...over({ listener: ['client', 'peer'] }, ({ listener }) => ({
        given: defaults,
        when: http({ listener, scheme: 'http', path: '/version' }),
        then: served({ contains: answersVersion }),
        // The peer listener answers TLS with an HTTP error in clear, which is no refusal by etcd.
        ...(listener === 'client' && { unlike: http({ scheme: 'https', path: '/version' }) }),
      })),
    },

    'defaults-have-no-authentication': {
      says: 'With default options nobody has to say who they are: a key is written, and a member list is given, to anyone.',
      cites: ['0a6af0b8'],
      ...over({ call: ['put', 'memberList'] }, ({ call }) => ({
        given: defaults,
        when: grpc({
          scheme: 'http',
          call,
          request: call === 'put' ? { key: 'foo', value: 'bar' } : {},
        }),
        then: served({ contains: [call === 'put' ? '"revision"' : '"clientURLs"'] }),
      })),
    },
  },
})
