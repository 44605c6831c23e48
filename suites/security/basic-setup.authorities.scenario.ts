import {
  authority,
  certificateOf,
  etcd,
  http,
  keyOf,
  over,
  peerPair,
  refused,
  scenario,
  served,
  type CredentialSpec,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { answersVersion, id, server, tlsVersions } from './basic-setup.worlds.ts'

/**
 * Each listener has an authority of its own: ClientTLSInfo.TrustedCAFile and PeerTLSInfo.TrustedCAFile
 * (embed/config.go), which ServerConfig reads (client/pkg/transport/listener.go; pkg/transport to 3.4).
 */
const authorities = { client: 'ca', peer: 'other' } as const
const of = (listener: keyof typeof authorities): CredentialSpec => ({
  cn: 'whoever',
  issuer: authorities[listener],
})
const world = (guards: boolean) =>
  etcd({
    client: 'https',
    peer: 'https',
    authorities: { ca: {}, other: {} },
    options: {
      'cert-file': certificateOf(server),
      'key-file': keyOf(server),
      ...peerPair({ ...server, issuer: authorities.peer }, authorities.peer),
      ...(guards
        ? { 'client-cert-auth': true, 'trusted-ca-file': authority(authorities.client) }
        : { 'peer-client-cert-auth': false, 'peer-trusted-ca-file': undefined }),
    },
  })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'authorities-are-not-mixed': {
      says: 'A certificate of the authority for clients does not open the peer port, and one of the authority for peers not the client port.',
      open: 'The page gives each side an authority of its own without saying that neither counts on the other side.',
      ...over({ listener: ['client', 'peer'], tls: tlsVersions }, ({ listener, tls }) => {
        const ask = (as: CredentialSpec) =>
          http({
            listener,
            scheme: 'https',
            path: '/version',
            tls: { as, version: tls, trust: authorities[listener] },
          })
        return {
          given: world(true),
          when: ask(of(listener === 'client' ? 'peer' : 'client')),
          then: refused(),
          because: { reason: 'unknown-authority' },
          unlike: ask(of(listener)),
          control: served({ contains: answersVersion, tls }),
          without: world(false),
          needs: { tls },
        }
      }),
    },
  },
})
