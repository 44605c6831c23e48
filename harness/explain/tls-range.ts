import semver from 'semver'
import { goSuites } from '../../fixtures/go-ciphers.ts'
import { numberOf } from '../../fixtures/step.ts'
import { tlsOffered } from '../../fixtures/tls-offered.ts'
import type { TlsVersion } from '../../fixtures/tls.ts'
import type { ListenerName } from './claims.ts'
import type { Build } from './settings.ts'

/** What etcd cannot start with. */
export interface Stop {
  readonly why: string
  readonly mend: string
}
export interface TlsRange {
  readonly versions: readonly TlsVersion[]
  /** Names of the list; undefined where Go chooses. */
  readonly suites: readonly string[] | undefined
}

const order: readonly TlsVersion[] = ['1.0', '1.1', '1.2', '1.3']
const versionNames: Readonly<Record<string, TlsVersion>> = { 'TLS1.2': '1.2', 'TLS1.3': '1.3' }
const aliases: Readonly<Record<string, string>> = {
  TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305: 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305: 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
}
/** Known to Go from 1.14 on (`tls.CipherSuites`), without effect in a list. */
const suites13 = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256']
const http2Suites = ['TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256']

/** The key of a certificate, as far as suites ask: Ed25519 takes those of ECDSA (crypto/tls, `pickCipherSuite`). */
export const suiteKey = (keyType: string): 'rsa' | 'ecdsa' => (keyType === 'rsa' ? 'rsa' : 'ecdsa')

/**
 * The versions and suites of TLS that a listener offers: `updateMinMaxVersions`, `validate` and `updateCipherSuites` (embed/config.go),
 * `GetCipherSuite` and `GetTLSVersion` (tlsutil). Pure.
 */
export function tlsRange(
  values: Readonly<Record<string, string>>,
  { etcd, go }: Build,
  listener: ListenerName,
): TlsRange | { readonly stop: Stop } {
  const offered = tlsOffered(numberOf(etcd), go)
  const [min, max] = [values['tls-min-version'] ?? 'TLS1.2', values['tls-max-version'] ?? '']
  const odd = [min, max].find((text) => text !== '' && versionNames[text] === undefined)
  if (odd !== undefined)
    return stop(`unexpected TLS version "${odd}" (must be one of: TLS1.2, TLS1.3)`, 'write TLS1.2 or TLS1.3')
  if (min === 'TLS1.3' && max === 'TLS1.2')
    return stop(
      'min version (TLS1.3) is greater than max version (TLS1.2)',
      'swap --tls-min-version and --tls-max-version',
    )
  const list = values['cipher-suites']?.split(',')
  // An empty value is a list of one empty name (`StringsValue.Set`, pkg/flags/strings.go), which is no suite.
  const suites = list?.map((one) => aliases[one] ?? one)
  if (min === 'TLS1.3' && suites !== undefined)
    return stop('cipher suites cannot be configured when only TLS1.3 is enabled', 'take --cipher-suites out')
  const unknown = suites?.find((name) => !isSuite(name, go))
  if (unknown !== undefined)
    return stop(
      `unexpected TLS cipher suite "${unknown}"`,
      `take "${unknown}" out of --cipher-suites, or spell it as Go does`,
    )
  if (
    listener === 'client' &&
    suites !== undefined &&
    !suites.some((name) => http2Suites.includes(name)) &&
    asksHttp2(etcd)
  )
    return stop(
      'http2: TLSConfig.CipherSuites is missing an HTTP/2-required AES_128_GCM_SHA256 cipher',
      `add ${http2Suites.join(' or ')} to --cipher-suites`,
    )
  const from = versionNames[values['tls-min-version'] ?? ''] ?? '1.0'
  const to = versionNames[max] ?? '1.3'
  const within = (one: TlsVersion): boolean =>
    order.indexOf(one) >= order.indexOf(from) && order.indexOf(one) <= order.indexOf(to)
  return { versions: offered.filter(within), suites }
}

const stop = (why: string, mend: string) => ({ stop: { why, mend } })
const isSuite = (name: string, go: string): boolean =>
  goSuites.some((one) => one.name === name) || (suites13.includes(name) && semver.gte(go, '1.14.0'))

/** Seen from 3.3.25 on: the HTTPS server gives up, and etcd with it. */
const asksHttp2 = (etcd: string): boolean => semver.gte(numberOf(etcd), '3.3.0')

/** Suites of TLS 1.2 that go with a key, by the list or by Go's choice. */
export const suitesFor = ({ suites }: TlsRange, keyType: string): readonly string[] =>
  (suites ?? goSuites.map(({ name }) => name)).filter(
    (name) => goSuites.find((one) => one.name === name)?.key === suiteKey(keyType),
  )
