import {
  authority,
  certificateOf,
  changed,
  curl,
  etcd,
  keyOf,
  url,
  type Argument,
  type CurlProbe,
  type KnownDeviation,
  type Printed,
  type TlsVersion,
} from 'etcd-tls/scenario'

/** Examples 1 and 2 of both pages: a certificate and its key, then client certificates on top. */
const pair = { cn: 'm1.etcd.local', hosts: ['m1.etcd.local', '@m1'] }
export const client = { cn: 'client' }
export const secured = etcd({
  client: 'https',
  options: { 'cert-file': certificateOf(pair), 'key-file': keyOf(pair) },
})
export const demanding = changed(secured, { 'client-cert-auth': true, 'trusted-ca-file': authority('ca') })

/** The pages' requests as typed: `-v` and, with a certificate, `-L`. */
const request = [url('/v2/keys/foo'), '-XPUT', '-d', 'value=bar', '-v']
export const trusting: readonly Argument[] = ['--cacert', authority('ca')]
export const showing: readonly Argument[] = ['--cert', certificateOf(client), '--key', keyOf(client), '-L']
export const printedRequest = (
  trust: readonly Argument[],
  certificate: readonly Argument[] = [],
): CurlProbe => curl({ args: [...trust, ...certificate, ...request] })

/** The documented answer: the key, its value and its indexes. */
export const keySet = [
  '"action":"set"',
  '"key":"/foo"',
  '"value":"bar"',
  '"createdIndex":',
  '"modifiedIndex":',
]

/** What the pages print of a client that has no certificate. */
export const printedAlert: Printed = {
  text: 'routines:SSL3_READ_BYTES:sslv3 alert bad certificate',
  in: 'error',
}
/** What they print of one that has, and what curl says today. */
export const asTracedToday = (tls: TlsVersion): { printed: Printed; known: KnownDeviation } => ({
  printed: { text: 'SSLv3, TLS handshake, CERT verify (15):', in: 'error' },
  known: {
    verdict: 'drift',
    seen: {
      error: new RegExp(`TLSv${tls.replace('.', '\\.')} \\(OUT\\), TLS handshake, CERT verify \\(15\\):`),
    },
    why: "The printed line is an old curl's; today's names the TLS version and the direction instead of SSLv3.",
  },
})
