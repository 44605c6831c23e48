import {
  authority,
  certificateOf,
  changed,
  clientRefuses,
  curl,
  etcd,
  hello,
  http,
  keyOf,
  over,
  refused,
  scenario,
  served,
  url,
  ways,
  type KnownDeviation,
  type Way,
} from 'etcd-tls/scenario'
import { headingOf } from '../../fixtures/pages.ts'
import { needsList } from './cipher-suites.worlds.ts'

/** The list becomes `tls.Config.CipherSuites`, which Go uses up to TLS 1.2 (crypto/tls/common.go). */
const id = 'security/cipher-suites'
const pair = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'], key: 'rsa-2048' } as const
const ca = authority('ca')

/** The documented list: OpenSSL's names, as a client says them, and the IANA names of the option. */
const documented = {
  'ECDHE-RSA-AES128-GCM-SHA256': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
} as const
const tripleDes = 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA'
const list = Object.values(documented)
const first = documented['ECDHE-RSA-AES128-GCM-SHA256']

const https = { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) }
const listingBy = (suites: readonly string[], way: Way) =>
  etcd({
    client: 'https',
    options: { ...https, 'cipher-suites': suites },
    ...(way === 'flag' ? {} : { way }),
  })
const listing = listingBy(list, 'flag')
/** The page's own command: a trusted CA, which makes etcd ask for certificates, and no client-cert-auth. */
const printed = changed(listing, { 'trusted-ca-file': ca })

const itsVersion = 'etcd_server_version{server_version="<version>"} 1'
const metrics = { scheme: 'https', path: '/metrics', lines: 'etcd_server_version' } as const
const offering = (suite: string) => http({ ...metrics, tls: { version: '1.2', ciphers: [suite] } })
const offeringByHand = (suite: string) => hello({ versions: ['1.2'], suites: [suite] })
const curlOffering = (suite: string, ...more: string[]) =>
  curl({
    args: [
      '--cacert',
      ca,
      '--cert',
      certificateOf(pair),
      '--key',
      keyOf(pair),
      '-L',
      url('/metrics'),
      '--ciphers',
      suite,
      ...more,
    ],
    lines: 'etcd_server_version',
  })

const tls13IgnoresTheList: KnownDeviation = {
  verdict: 'fail',
  seen: { tls: '1.3', suite: 'TLS_CHACHA20_POLY1305_SHA256' },
  why: "Go's TLS 1.3 suites cannot be configured, so no list binds a TLS 1.3 client; the page was written before TLS 1.3.",
}
const curlHasNo3Des: KnownDeviation = {
  verdict: 'drift',
  seen: { exit: 59, error: /failed setting cipher list/ },
  why: "The printed error is etcd's answer to a curl of its time. OpenSSL no longer has the suite, so today's curl ends before it connects.",
}

export default scenario(id, {
  heading: headingOf(id),
  claims: {
    'listed-suite-is-served': {
      says: 'A client that offers one listed suite alone is answered with it, however the list was given.',
      cites: ['ccafb788'],
      ...over(
        { suite: ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'], way: ways },
        ({ suite, way }) => ({
          given: listingBy(list, way),
          when: offering(suite),
          then: served({ contains: [itsVersion], suite: documented[suite], tls: '1.2' }),
          unlike: offering('ECDHE-RSA-CHACHA20-POLY1305'),
          needs: needsList,
        }),
      ),
    },

    'unlisted-suite-fails': {
      says: 'The handshake of a client that offers only suites outside the list fails.',
      cites: ['3986ce25', 'a2b15418', 'ccafb788'],
      ...over({ suite: ['ECDHE-RSA-DES-CBC3-SHA', 'ECDHE-RSA-CHACHA20-POLY1305'] }, ({ suite }) => ({
        given: listing,
        then: refused(),
        because: { reason: 'no-common-cipher' },
        printed: { alert: 40 },
        needs: needsList,
        ...(suite === 'ECDHE-RSA-DES-CBC3-SHA'
          ? {
              // No TLS library of today offers the page's suite; Go still takes it where it is listed by name.
              when: offeringByHand(tripleDes),
              unlike: offeringByHand(first),
              control: served({ suite: first }),
              without: changed(listing, { 'cipher-suites': [...list, tripleDes] }),
            }
          : {
              when: offering(suite),
              unlike: offering('ECDHE-RSA-AES128-GCM-SHA256'),
              control: served({ contains: [itsVersion] }),
              without: changed(listing, { 'cipher-suites': undefined }),
            }),
      })),
    },

    'tls13-client-is-bound-too': {
      says: 'A TLS 1.3 client with a suite outside the list is turned away like any other.',
      cites: ['a2b15418', 'ccafb788'],
      given: listing,
      when: http({ ...metrics, tls: { version: '1.3', ciphers: ['TLS_CHACHA20_POLY1305_SHA256'] } }),
      then: refused(),
      because: { reason: 'no-common-cipher' },
      unlike: offering('ECDHE-RSA-AES128-GCM-SHA256'),
      control: served({ contains: [itsVersion] }),
      needs: { ...needsList, tls: '1.3' },
      known: tls13IgnoresTheList,
    },

    'printed-command': {
      says: "The page's command with a listed suite, given to the real curl, shows the server's version.",
      cites: ['61dc1df5', '198b5cf1'],
      ...over({ tls: ['1.2', 'default'] }, ({ tls }) => ({
        given: printed,
        when: curlOffering('ECDHE-RSA-AES128-GCM-SHA256', ...(tls === '1.2' ? ['--tls-max', tls] : [])),
        then: served({
          contains: [itsVersion],
          verified: true,
          ...(tls === '1.2' ? { tls, suite: first } : {}),
        }),
        needs: needsList,
      })),
    },

    'printed-command-with-an-unlisted-suite': {
      says: "The page's command with the unlisted suite ends with an error.",
      cites: ['146ca2b2'],
      open: "Today's curl cannot offer that suite and ends by itself; unlisted-suite-fails puts the question to etcd.",
      given: printed,
      when: curlOffering('ECDHE-RSA-DES-CBC3-SHA'),
      then: clientRefuses(),
      because: { exit: 59, error: /failed setting cipher list/ },
      unlike: curlOffering('ECDHE-RSA-AES128-GCM-SHA256'),
      control: served({ contains: [itsVersion] }),
      printed: { exit: 35, text: 'sslv3 alert handshake failure', in: 'error' },
      needs: needsList,
      known: curlHasNo3Des,
    },
  },
})
