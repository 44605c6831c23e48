import {
  changed,
  over,
  refused,
  scenario,
  served,
  type CredentialSpec,
  type RefusalReason,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  answersVersion,
  askVersion,
  client,
  demanding,
  endpoints,
  id,
  request,
  tlsVersions,
} from './basic-setup.worlds.ts'

interface Presented {
  readonly as?: CredentialSpec
  readonly reason: RefusalReason
}
/** Certificates that are good but for one field, and why etcd turns each away. */
const presented = {
  none: { reason: 'no-client-certificate' },
  'other-authority': { as: { ...client, issuer: 'other' }, reason: 'unknown-authority' },
  'self-signed': { as: { ...client, issuer: 'self' }, reason: 'self-signed' },
  expired: { as: { ...client, notBefore: '-2d', notAfter: '-1d' }, reason: 'expired' },
  'not-yet-valid': { as: { ...client, notBefore: '+1d', notAfter: '+2d' }, reason: 'not-yet-valid' },
} as const satisfies Record<string, Presented>
const kinds = ['none', 'other-authority', 'self-signed', 'expired', 'not-yet-valid'] as const

const withV2 = changed(demanding, { 'enable-v2': true })
/** Nothing asks for a certificate: what was refused must be served here. */
const undemanding = { 'client-cert-auth': undefined, 'trusted-ca-file': undefined }
const families = ['grpc', 'gateway', 'version', 'health', 'metrics', 'v2-keys'] as const

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'client-cert-auth-demands-a-certificate': {
      says: 'With --client-cert-auth only a client with a valid certificate of the trusted CA is served.',
      cites: ['cc360582', '0e4fc19a'],
      ...over({ certificate: kinds, tls: tlsVersions }, ({ certificate, tls }) => {
        const { reason, ...shown }: Presented = presented[certificate]
        return {
          given: demanding,
          when: askVersion({ ...shown, version: tls }),
          then: refused(),
          because: { reason },
          unlike: askVersion({ as: client, version: tls }),
          control: served({ contains: answersVersion, tls }),
          without: changed(demanding, undemanding),
          needs: { tls },
        }
      }),
    },

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
