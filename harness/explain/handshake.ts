import type { TlsVersion } from '../../fixtures/tls.ts'
import type { Certificate } from './certificate.ts'
import type { Check } from './explanation.ts'
import { signingChecks } from './signs.ts'
import { suiteKey, suitesFor, type TlsRange } from './tls-range.ts'

export interface Handshake {
  readonly range: TlsRange
  /** etcd's certificate; undefined when it was not given. */
  readonly server: Certificate | undefined
  /** The only version that the other side speaks; undefined: 1.2 and 1.3, with the usual suites. */
  readonly offered: TlsVersion | undefined
}

/** Whether the two sides find a version, and under TLS 1.2 a suite for etcd's key (crypto/tls, handshake_server.go). Pure. */
export function handshakeChecks(input: Handshake): readonly Check[] {
  const { versions } = input.range
  const spoken = versions.join(' and ')
  if (input.offered !== undefined && !versions.includes(input.offered))
    return [
      {
        id: 'version',
        mark: 'bad',
        reason: 'version-too-low',
        why: `etcd speaks TLS ${spoken}, the other side TLS ${input.offered} only`,
        mend: `let the other side speak TLS ${versions.at(-1) ?? '1.2'}, or change --tls-min-version and --tls-max-version`,
      },
    ]
  return [
    { id: 'version', mark: 'good', why: `etcd speaks TLS ${spoken}` },
    ...cipherCheck(input),
    ...(input.server === undefined ? [] : signingChecks(input.server, "etcd's", spokenTls(input))),
  ]
}

/** The version that both agree on: the newest. */
export const spokenTls = ({ range, offered }: Pick<Handshake, 'range' | 'offered'>): TlsVersion | undefined =>
  offered ?? range.versions.at(-1)

function cipherCheck({ range, server, offered }: Handshake): Check[] {
  if (range.suites === undefined) return []
  if (server === undefined)
    return [
      {
        id: 'cipher',
        mark: 'idle',
        why: "etcd's certificate was not given: a suite of --cipher-suites is taken to go with its key",
      },
    ]
  const fitting = suitesFor(range, server.keyType)
  const key = suiteKey(server.keyType).toUpperCase()
  if (fitting.length > 0)
    return [
      { id: 'cipher', mark: 'good', why: `--cipher-suites has ${fitting.join(', ')} for etcd's ${key} key` },
    ]
  if (range.versions.includes('1.3') && offered !== '1.2')
    return [
      {
        id: 'cipher',
        mark: 'good',
        why: `no suite of --cipher-suites goes with etcd's ${key} key, but the list does not bind TLS 1.3; who speaks TLS 1.2 only is turned away`,
      },
    ]
  return [
    {
      id: 'cipher',
      mark: 'bad',
      reason: 'no-common-cipher',
      why: `no suite of --cipher-suites goes with etcd's ${key} key`,
      mend: `add an ECDHE_${key} suite to --cipher-suites, or give etcd a key of the other kind`,
    },
  ]
}
