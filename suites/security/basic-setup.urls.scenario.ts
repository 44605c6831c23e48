import {
  authority,
  certificateOf,
  changed,
  etcd,
  http,
  keyOf,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type ClientTls,
  type Listener,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { undemanding } from './basic-setup.client-certificates.claims.ts'
import { answersVersion, client, id, server } from './basic-setup.worlds.ts'

/**
 * Each listen URL has a listener of its own (`configureClientListeners` and `configurePeerListeners`, embed/etcd.go).
 * etcd sorts them as texts (`NewURLs`, client/pkg/types; pkg/types to 3.4): the one that is asked is the second.
 */
const two = etcd({
  client: 'https',
  peer: 'https',
  options: {
    'listen-client-urls': ['https://0.0.0.0:2369', 'https://0.0.0.0:2379'],
    'listen-peer-urls': ['https://0.0.0.0:2370', 'https://0.0.0.0:2380'],
    'cert-file': certificateOf(server),
    'key-file': keyOf(server),
    'client-cert-auth': true,
    'trusted-ca-file': authority(),
    ...peerPair(server),
  },
})
const undemandingBoth = changed(two, {
  ...undemanding,
  'peer-client-cert-auth': undefined,
  'peer-trusted-ca-file': undefined,
})
const twoInClear = etcd({
  options: {
    'listen-client-urls': ['http://0.0.0.0:2369', 'http://0.0.0.0:2379'],
    'listen-peer-urls': ['http://0.0.0.0:2370', 'http://0.0.0.0:2380'],
  },
})

const inTls = (listener: Listener, tls: ClientTls) =>
  http({ listener, scheme: 'https', path: '/version', tls })
const inClear = (listener: Listener) => http({ listener, scheme: 'http', path: '/version' })

export default scenario(id, {
  heading: headingOf(id),
  core: ['every-listen-url-is-guarded'],
  claims: {
    'every-listen-url-is-guarded': {
      says: 'Of two URLs of a listener the second is guarded like the first: nothing in clear, nobody without a certificate.',
      cites: ['cc360582', '0e4fc19a', 'ab939a6f'],
      ...over(
        { listener: ['client', 'peer'], sent: ['plaintext', 'no-certificate'] },
        ({ listener, sent }) => ({
          given: two,
          then: refused(),
          unlike: inTls(listener, { as: client }),
          control: served({ contains: answersVersion }),
          ...(sent === 'plaintext'
            ? { when: inClear(listener), because: { reason: 'plaintext-to-tls' }, without: twoInClear }
            : {
                when: inTls(listener, {}),
                because: { reason: 'no-client-certificate' },
                without: undemandingBoth,
              }),
        }),
      ),
    },
  },
})
