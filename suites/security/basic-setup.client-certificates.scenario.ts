import { changed, over, refused, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  demandsACertificate,
  demandsACertificateAtAnAddress,
  grpcDemandsACertificate,
  undemanding,
} from './basic-setup.client-certificates.claims.ts'
import { client, demanding, endpoints, id, request, tlsVersions } from './basic-setup.worlds.ts'

const withV2 = changed(demanding, { 'enable-v2': true })
const families = ['grpc', 'gateway', 'version', 'health', 'metrics', 'v2-keys'] as const

export default scenario(id, {
  heading: headingOf(id),
  core: [
    'client-cert-auth-demands-a-certificate',
    'client-cert-auth-holds-for-grpc',
    'client-cert-auth-holds-without-a-server-name',
    'all-requests-are-checked',
  ],
  claims: {
    'client-cert-auth-demands-a-certificate': demandsACertificate(['cc360582', '0e4fc19a'], tlsVersions),

    'client-cert-auth-holds-for-grpc': grpcDemandsACertificate(['cc360582', '0e4fc19a'], tlsVersions),

    'client-cert-auth-holds-without-a-server-name': demandsACertificateAtAnAddress(
      ['cc360582', '0e4fc19a'],
      ['http', 'grpc'],
      tlsVersions,
    ),

    'all-requests-are-checked': {
      says: 'With --client-cert-auth every request over https needs the certificate, whatever it asks for.',
      cites: ['0e4fc19a'],
      ...over({ endpoint: families, tls: tlsVersions }, ({ endpoint, tls }) => {
        const given = endpoint === 'v2-keys' ? withV2 : demanding
        return {
          given,
          when: request(endpoint, { version: tls }),
          then: refused(),
          because: { reason: 'no-client-certificate' },
          unlike: request(endpoint, { as: client, version: tls }),
          control: served(endpoint === 'grpc' ? {} : { contains: [endpoints[endpoint].says], tls }),
          without: changed(given, undemanding),
          needs: { tls },
        }
      }),
    },
  },
})
