import { http, over, scenario, served } from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  httpsUrlNeedsACertificate,
  plaintextIsRefused,
  trustedCaFileDecides,
  trustingOnly,
} from '../security/basic-setup.claims.ts'
import { answersVersion, askVersion, secured, server } from '../security/basic-setup.worlds.ts'
import { id, tlsVersions } from './basic-setup.worlds.ts'

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'cert-file-serves-https': {
      says: 'With a certificate and its key the client URL speaks TLS, shows that certificate, and is advertised as https.',
      cites: ['8a9a2a69', 'fe02bdc6', '0d2a832a', 'a07243bd'],
      ...over({ shows: ['version', 'advertised-url'], tls: tlsVersions }, ({ shows, tls }) => ({
        given: secured,
        when:
          shows === 'version'
            ? askVersion({ version: tls })
            : http({ scheme: 'https', path: '/v2/members', tls: { version: tls } }),
        then: served({
          contains: shows === 'version' ? answersVersion : ['"clientURLs":["https://'],
          tls,
          shows: server,
          verified: true,
        }),
        needs: { tls },
      })),
    },

    'plaintext-is-refused': plaintextIsRefused(['8a9a2a69', 'fe02bdc6'], ['http']),

    'trusted-ca-file-decides': trustedCaFileDecides(tlsVersions),

    'only-client-cert-auth-asks-for-certificates': {
      says: 'A trusted CA alone names the authority; the demand for a certificate is made by --client-cert-auth.',
      cites: ['0e4fc19a', 'ff7cb96c'],
      ...over({ tls: tlsVersions }, ({ tls }) => ({
        given: trustingOnly,
        when: askVersion({ version: tls }),
        then: served({ contains: answersVersion, tls }),
        needs: { tls },
      })),
    },

    'https-url-needs-a-certificate': httpsUrlNeedsACertificate(['0d2a832a']),
  },
})
