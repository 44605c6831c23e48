import {
  changed,
  http,
  over,
  refused,
  scenario,
  served,
  type ClientTls,
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
} from './examples.worlds.ts'

/**
 * Example 2: etcd asks for a certificate of its own CA. A client without one is turned away by Go
 * (`processCertsFromClient`, crypto/tls/handshake_server.go), under TLS 1.3 after the client's own handshake.
 */
const id = 'security/client-certificates'
const demandingWithV2 = changed(demanding, { 'enable-v2': true })

type Version = '1.2' | '1.3'
const put = (tls: ClientTls) =>
  http({ scheme: 'https', path: '/v3/kv/put', body: { key: 'Zm9v', value: 'YmFy' }, tls })

/** The request reached etcd's application, which since 3.4.0 has no v2 keys API by default. */
const reached = served({ status: [200, 201, 404] })

const speaking = (version: Version) => [...trusting, `--tlsv${version}`, '--tls-max', version]

/** The page prints alert 42, bad_certificate. Go names the matter better since 1.21 (TLS 1.3) and 1.25 (TLS 1.2). */
const newerAlert = (version: Version): KnownDeviation =>
  version === '1.3'
    ? {
        go: '>=1.21.0',
        verdict: 'drift',
        seen: { alert: 116 },
        why: 'Since Go 1.21 a server sends certificate_required (116) under TLS 1.3, where the page prints bad_certificate.',
      }
    : {
        go: '>=1.25.0',
        verdict: 'drift',
        seen: { alert: 40 },
        why: 'Since Go 1.25 a server sends handshake_failure (40) under TLS 1.2, where the page prints bad_certificate.',
      }
/** What curl calls it; under TLS 1.3 curl may lose the alert to the reset that follows it. */
const curlText = (version: Version): KnownDeviation => ({
  verdict: 'drift',
  seen:
    version === '1.3' ? { log: /client didn't provide a certificate/ } : { exit: 35, error: /SSL routines:/ },
  why: "The printed line is OpenSSL 1.0's; OpenSSL 3 names no function, and since Go 1.21 and 1.25 the alert is another one.",
})
const noV2ByDefault: KnownDeviation = {
  builds: '>=3.4.0',
  verdict: 'fail',
  seen: { status: 404, body: /404 page not found/ },
  why: 'The handshake succeeds, but the printed request is for the v2 keys API, which no build serves by default since 3.4.0.',
}

const printedWithOne = (tls: Version) => ({
  when: printedRequest(speaking(tls), showing),
  unlike: printedRequest(speaking(tls)),
  then: served({ contains: keySet, tls, verified: true }),
})

export default scenario(id, {
  heading: headingOf(id),
  core: ['without-one-is-rejected', 'with-one-is-served'],
  claims: {
    'without-one-is-rejected': {
      says: 'A request that comes without a client certificate is rejected.',
      cites: ['197537d0', '0fe8fc7c', '49a03c3e', '4bf326e2', 'b2539dec', '87d836a5'],
      ...over({ request: ['v3', 'as-printed'], tls: ['1.2', '1.3'] }, ({ request, tls }) => ({
        given: demanding,
        then: refused(),
        because: { reason: 'no-client-certificate' },
        without: secured,
        needs: { tls },
        ...(request === 'v3'
          ? {
              when: put({ version: tls }),
              unlike: put({ version: tls, as: client }),
              control: served({ contains: ['"revision"'], tls }),
              printed: { alert: 42 },
              known: newerAlert(tls),
            }
          : {
              when: printedRequest(speaking(tls)),
              unlike: printedRequest(speaking(tls), showing),
              control: reached,
              printed: printedAlert,
              known: curlText(tls),
            }),
      })),
    },

    'with-one-is-served': {
      says: 'With a certificate of the trusted CA the request is served, and the answer reports the key that was set.',
      cites: ['0fe8fc7c', '49a03c3e', '73e39da4', '34b27756'],
      ...over({ request: ['v3', 'v2-enabled'], tls: ['1.2', '1.3'] }, ({ request, tls }) => ({
        needs: { tls },
        ...(request === 'v3'
          ? {
              given: demanding,
              when: put({ version: tls, as: client }),
              unlike: put({ version: tls }),
              then: served({ contains: ['"header":', '"cluster_id":', '"member_id":', '"revision":'], tls }),
            }
          : { given: demandingWithV2, ...printedWithOne(tls) }),
      })),
    },

    'printed-request-with-one': {
      says: 'The request the page prints, with a certificate of the trusted CA, sets the key, and the answer is the printed report of it.',
      cites: ['a0c2af49', '2dc65acf'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: demanding,
        ...printedWithOne(tls),
        needs: { tls },
        known: noV2ByDefault,
      })),
    },

    'handshake-shows-the-proof': {
      says: "curl shows that the client's certificate, its CertificateVerify and its Finished go out.",
      cites: ['a0c2af49', '20ced4f8'],
      ...over({ tls: ['1.2', '1.3'] }, ({ tls }) => ({
        given: demanding,
        when: printedRequest(speaking(tls), showing),
        then: served({ ...reached, tls, sent: ['certificate', 'certificate_verify', 'finished'] }),
        needs: { tls },
        ...asTracedToday(tls),
      })),
    },
  },
})
