import {
  changed,
  http,
  over,
  refused,
  scenario,
  served,
  type ClientTls,
  type CredentialSpec,
  type KnownDeviation,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import {
  asTracedToday,
  client,
  demanding,
  keySet,
  printedAlert,
  printedRequest,
  secured,
  showing,
  trusting,
} from '../security/examples.worlds.ts'
import { tlsVersions } from './basic-setup.worlds.ts'
import { asPrinted, oneDash } from './examples.worlds.ts'

/**
 * Example 2: etcd asks for a certificate of its own CA, and Go turns away who shows none of it
 * (`processCertsFromClient`, crypto/tls/handshake_server.go), before its own handshake is over.
 */
const id = 'security-v2/client-certificates'
const put = (tls: ClientTls) =>
  http({ scheme: 'https', path: '/v2/keys/foo', method: 'PUT', body: 'value=bar', tls })
const written = served({ contains: keySet })
const versions = Object.fromEntries(tlsVersions.map((version) => [`http-tls${version}`, version] as const))
const requests = ['as-printed', 'http-tls1.0', 'http-tls1.1', 'http-tls1.2'] as const
type Request = (typeof requests)[number]
const ask = (request: Request, as?: CredentialSpec) => {
  const version = versions[request]
  return version === undefined
    ? printedRequest(trusting, as === undefined ? [] : showing)
    : put({ version, ...(as && { as }) })
}
const needsOf = (request: Request) => {
  const tls = versions[request]
  return tls === undefined ? {} : { needs: { tls } }
}

const opensslToday: KnownDeviation = {
  verdict: 'drift',
  seen: { exit: 35, error: /SSL routines:.*alert bad certificate/ },
  why: "The alert is the printed one; the line around it is OpenSSL 1.0's, and OpenSSL 3 names no function.",
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'without-one-is-rejected': {
      says: 'A request that comes without a client certificate is rejected, with the alert bad_certificate.',
      cites: ['197537d0', '0fe8fc7c', '4bf326e2', 'b2539dec', '87d836a5'],
      ...over({ request: requests }, ({ request }) => ({
        given: demanding,
        when: ask(request),
        then: refused(),
        because: { reason: 'no-client-certificate' },
        unlike: ask(request, client),
        control: written,
        without: secured,
        ...needsOf(request),
        ...(request === 'as-printed'
          ? { printed: printedAlert, known: opensslToday }
          : { printed: { alert: 42 } }),
      })),
    },

    'another-authority-is-rejected': {
      says: 'A request with a certificate of an authority that etcd was not given is rejected.',
      cites: ['0fe8fc7c'],
      ...over({ tls: tlsVersions }, ({ tls }) => {
        const authorities = { ca: {}, other: {} }
        return {
          given: { ...demanding, authorities },
          when: put({ version: tls, as: { ...client, issuer: 'other' } }),
          then: refused(),
          because: { reason: 'unknown-authority' },
          unlike: put({ version: tls, as: client }),
          control: written,
          without: { ...secured, authorities },
          needs: { tls },
        }
      }),
    },

    'with-one-is-served': {
      says: 'With a certificate of the trusted CA the request is served, and the answer reports the key that was set.',
      cites: ['0fe8fc7c', '73e39da4', 'a0c2af49', '34b27756', '2dc65acf'],
      ...over({ request: requests }, ({ request }) => ({
        given: demanding,
        when: ask(request, client),
        then: served({ contains: keySet, verified: true }),
        unlike: ask(request),
        ...needsOf(request),
      })),
    },

    'handshake-shows-the-proof': {
      says: "curl shows that the client's certificate, its CertificateVerify and its Finished go out.",
      cites: ['a0c2af49', '20ced4f8'],
      given: demanding,
      when: printedRequest(trusting, showing),
      then: served({
        contains: keySet,
        tls: '1.2',
        sent: ['certificate', 'certificate_verify', 'finished'],
      }),
      ...asTracedToday('1.2'),
    },

    'printed-command': {
      says: 'Started as printed, with one dash, etcd rejects the printed request without a certificate and serves the one with it.',
      cites: ['ef523131', '4bf326e2', 'a0c2af49'],
      ...over({ flags: oneDash }, ({ flags }) => ({
        given: asPrinted(demanding, flags),
        when: printedRequest(trusting),
        then: refused(),
        because: { reason: 'no-client-certificate' },
        unlike: printedRequest(trusting, showing),
        control: written,
        without: asPrinted(
          changed(demanding, { 'client-cert-auth': undefined, 'trusted-ca-file': undefined }),
          flags,
        ),
      })),
    },
  },
})
