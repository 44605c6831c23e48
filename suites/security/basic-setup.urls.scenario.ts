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
 * etcd sorts them as texts (`NewURLs`, client/pkg/types; pkg/types to 3.4). The usual one is asked: beside a lower port it
 * is the second, beside a higher one the first.
 */
const ports = { first: ['2389', '2390'], second: ['2369', '2370'] } as const
type Asked = keyof typeof ports

const urls = (scheme: 'http' | 'https', asked: Asked) => ({
  'listen-client-urls': [`${scheme}://0.0.0.0:${ports[asked][0]}`, `${scheme}://0.0.0.0:2379`],
  'listen-peer-urls': [`${scheme}://0.0.0.0:${ports[asked][1]}`, `${scheme}://0.0.0.0:2380`],
})
const guarded = (asked: Asked) =>
  etcd({
    client: 'https',
    peer: 'https',
    options: {
      ...urls('https', asked),
      'cert-file': certificateOf(server),
      'key-file': keyOf(server),
      'client-cert-auth': true,
      'trusted-ca-file': authority(),
      ...peerPair(server),
    },
  })
const undemandingBoth = (asked: Asked) =>
  changed(guarded(asked), {
    ...undemanding,
    'peer-client-cert-auth': undefined,
    'peer-trusted-ca-file': undefined,
  })
const inClearBoth = (asked: Asked) => etcd({ options: urls('http', asked) })

const inTls = (listener: Listener, tls: ClientTls) =>
  http({ listener, scheme: 'https', path: '/version', tls })
const inClear = (listener: Listener) => http({ listener, scheme: 'http', path: '/version' })

export default scenario(id, {
  heading: headingOf(id),
  core: ['every-listen-url-is-guarded'],
  claims: {
    'every-listen-url-is-guarded': {
      says: 'Of two URLs of a listener each is guarded: nothing in clear, nobody without a certificate.',
      cites: ['cc360582', '0e4fc19a', 'ab939a6f'],
      ...over(
        { listener: ['client', 'peer'], sent: ['plaintext', 'no-certificate'], asked: ['first', 'second'] },
        ({ listener, sent, asked }) => ({
          given: guarded(asked),
          then: refused(),
          unlike: inTls(listener, { as: client }),
          control: served({ contains: answersVersion }),
          ...(sent === 'plaintext'
            ? {
                when: inClear(listener),
                because: { reason: 'plaintext-to-tls' },
                without: inClearBoth(asked),
              }
            : {
                when: inTls(listener, {}),
                because: { reason: 'no-client-certificate' },
                without: undemandingBoth(asked),
              }),
        }),
      ),
    },
  },
})
