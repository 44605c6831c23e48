import { cluster, http, kept, over, scenario, served, timeline, type Listener } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'

/**
 * What stands in a certificate that etcd makes itself: the hosts of the URLs it listens at (`ClientSelfCert` and
 * `PeerSelfCert`, embed/config.go; `SelfCert`, client/pkg/transport/listener.go, in 3.4 pkg/transport).
 */
const id = 'security/auto-tls'
const address = '10.0.1.10'
const member = (at: string) =>
  ({
    at,
    client: 'https',
    peer: 'https',
    options: { 'auto-tls': true, 'peer-auto-tls': true },
  }) as const
const automatic = cluster({ members: { infra1: member(address) } })
const two = cluster({ members: { infra1: member(address), infra2: member('10.0.1.11') } })
const shown = (to: string, listener: Listener) =>
  http({ to, listener, scheme: 'https', path: '/version', tls: { trust: 'anybody' } })

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'certificate-names-the-address': {
      says: 'The certificate that etcd makes for a listener is for the address it listens at, so a client that was given that very certificate can verify it.',
      open: 'The page says that the certificates are made by etcd, not what stands in them.',
      ...over({ listener: ['client', 'peer'], tls: ['1.2', '1.3'] }, ({ listener, tls }) => ({
        given: automatic,
        when: http({
          to: 'infra1',
          listener,
          scheme: 'https',
          path: '/version',
          tls: { trust: 'anybody', version: tls },
        }),
        then: served({ contains: ['"etcdserver":"<version>"'], names: [`IP Address:${address}`] }),
        needs: { tls },
      })),
    },

    'every-member-makes-its-own-key': {
      says: 'Each member makes its certificate alone: two show certificates that signed themselves, with a key each.',
      open: 'The page says that the certificates are made by etcd, not with which key.',
      ...over({ listener: ['client', 'peer'] }, ({ listener }) => ({
        given: two,
        when: timeline(
          [
            { do: 'connect', name: 'first', probe: shown('infra1', listener) },
            { do: 'connect', name: 'second', probe: shown('infra2', listener), madeUnlike: 'first' },
          ],
          'infra1',
        ),
        then: kept(),
      })),
    },
  },
})
