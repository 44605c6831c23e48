import { changed, over, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  demandsACertificate,
  demandsACertificateAtAnAddress,
  undemanding,
} from '../security/basic-setup.client-certificates.claims.ts'
import { client, demanding } from '../security/basic-setup.worlds.ts'
import { endpoints, id, request, tlsVersions } from './basic-setup.worlds.ts'

/**
 * `RequireAndVerifyClientCert` (`ServerConfig`, pkg/transport/listener.go), for every listen URL. etcd 2 throws away
 * what Go's server says of failed handshakes (`serveHTTP`, etcdmain/http.go): the world without the guard stands in.
 */
const families = ['version', 'health', 'metrics', 'v2-keys', 'v2-members', 'v2-stats'] as const

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'client-cert-auth-demands-a-certificate': demandsACertificate(['8a9a2a69', '0e4fc19a'], tlsVersions),

    'client-cert-auth-holds-without-a-server-name': demandsACertificateAtAnAddress(
      ['8a9a2a69', '0e4fc19a'],
      ['http'],
      ['1.2'],
    ),

    'all-requests-are-checked': {
      says: 'With --client-cert-auth every request over https needs the certificate, whatever it asks for.',
      cites: ['0e4fc19a'],
      ...over({ endpoint: families }, ({ endpoint }) => ({
        given: demanding,
        when: request(endpoint, {}),
        then: refused(),
        because: { reason: 'no-client-certificate' },
        unlike: request(endpoint, { as: client }),
        control: served({ contains: [endpoints[endpoint].says] }),
        without: changed(demanding, undemanding),
      })),
    },
  },
})
