import { etcd, http, over, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  httpsUrlNeedsACertificate,
  plaintextIsRefused,
  trustedCaFileDecides,
  trustingOnly,
} from './basic-setup.claims.ts'
import { answersVersion, askVersion, id, secured, tlsVersions, turnedAway } from './basic-setup.worlds.ts'

export default scenario(id, {
  heading: headingOf(id),
  core: [
    'cert-file-serves-https',
    'plaintext-is-refused',
    'trusted-ca-file-decides',
    'https-url-needs-a-certificate',
  ],
  claims: {
    'cert-file-serves-https': {
      says: 'With a certificate and its key the client URL speaks TLS, and members advertise it as https.',
      cites: ['cc360582', 'fe02bdc6', '62289871', 'a07243bd'],
      ...over({ shows: ['version', 'advertised-url'], tls: tlsVersions }, ({ shows, tls }) => ({
        given: secured,
        when:
          shows === 'version'
            ? askVersion({ version: tls })
            : http({
                scheme: 'https',
                method: 'POST',
                path: '/v3/cluster/member/list',
                body: {},
                tls: { version: tls },
              }),
        then: served({
          contains: shows === 'version' ? answersVersion : ['"clientURLs":["https://'],
          tls,
          verified: true,
        }),
        needs: { tls },
      })),
    },

    'plaintext-is-refused': plaintextIsRefused(['cc360582', 'fe02bdc6'], ['http', 'grpc']),

    'trusted-ca-file-decides': trustedCaFileDecides(tlsVersions),

    'only-client-cert-auth-asks-for-certificates': {
      says: 'A trusted CA alone names the authority; the demand for a certificate is made by --client-cert-auth.',
      cites: ['ff7cb96c'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: trustingOnly,
        when: askVersion({ version: tls }),
        then: served({ contains: answersVersion, tls }),
        needs: { tls },
        known: turnedAway(
          tls,
          '>=3.4.0',
          'From 3.4.0 a trusted CA alone makes etcd demand a certificate (ServerConfig, pkg/transport/listener.go); to 3.3 --ca-file did.',
        ),
      })),
    },

    'auto-tls-serves-https': {
      says: 'With --auto-tls the client URL speaks TLS, with a certificate that etcd makes itself.',
      cites: ['cc360582', '3db41baf'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: etcd({ client: 'https', options: { 'auto-tls': true } }),
        when: askVersion({ trust: 'anybody', version: tls }),
        then: served({ contains: answersVersion, tls }),
        needs: { tls },
      })),
    },

    'https-url-needs-a-certificate': httpsUrlNeedsACertificate(['62289871']),
  },
})
