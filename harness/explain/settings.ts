import semver from 'semver'
import { withLine } from '../../fixtures/go-certificates.ts'
import { numberOf } from '../../fixtures/step.ts'
import type { ListenerName } from './claims.ts'
import { isTrue } from './flags.ts'

export interface Build {
  /** As 3.6.16 and 1.26.10. */
  readonly etcd: string
  readonly go: string
  /** The `go` line of its main module, where that is known. */
  readonly line?: string
}

/** Go as its settings are in this build. */
export const goOf = ({ go, line }: Build): string => withLine(go, line)

/** What one listener of etcd makes of its options. */
export interface Settings {
  readonly listener: ListenerName
  /** `own`: a certificate that etcd makes itself. */
  readonly tls: 'pair' | 'own' | 'none'
  /** Why no TLS is spoken, where none is. */
  readonly clear?: string
  readonly demands: boolean
  /** What made it demand a certificate, as an option. */
  readonly demandedBy?: string
  /** undefined: the system's own. */
  readonly trusted: 'file' | undefined
  readonly allowedNames?: readonly string[]
  readonly allowedHosts?: readonly string[]
  readonly crlFile?: string
  readonly skipsAddress?: string
  readonly hostWhitelist?: readonly string[]
}

type Values = Readonly<Record<string, string>>

/** The options of a listener, by what they are for. */
const names = {
  client: {
    cert: 'cert-file',
    auth: 'client-cert-auth',
    trusted: 'trusted-ca-file',
    older: 'ca-file',
    auto: 'auto-tls',
    crl: 'client-crl-file',
    hosts: 'client-cert-allowed-hostname',
    urls: 'listen-client-urls',
  },
  peer: {
    cert: 'peer-cert-file',
    auth: 'peer-client-cert-auth',
    trusted: 'peer-trusted-ca-file',
    older: 'peer-ca-file',
    auto: 'peer-auto-tls',
    crl: 'peer-crl-file',
    hosts: 'peer-cert-allowed-hostname',
    urls: 'listen-peer-urls',
  },
} as const

/** The flags that a command line leaves to be understood: the pair, and what the authority is for. */
export function understood(
  listener: ListenerName,
  values: Values,
  given: Given,
): { values: Values; assumed: string[] } {
  const { auth, trusted, older, auto, cert, urls } = names[listener]
  const added: Record<string, string> = {}
  const assumed: string[] = []
  if (!given.options) {
    added[auth] = 'true'
    assumed.push(`--${auth}, since no --options were given`)
  }
  const authority = values[trusted] === undefined && values[older] === undefined
  if (given.authority && authority && isTrue(values[auth] ?? added[auth])) {
    added[trusted] = 'given with --ca'
    assumed.push(`--${trusted} is the file of --ca`)
  }
  if (values[cert] === undefined && !isTrue(values[auto])) {
    added[cert] = 'given with --server'
    assumed.push(
      given.server
        ? `--${cert} is the file of --server`
        : `--${cert} is a good pair, since no --server was given`,
    )
  }
  if (given.options && values[urls] === undefined)
    assumed.push(`--${urls} is in https, which it is not by default`)
  return { values: { ...values, ...added }, assumed }
}
export interface Given {
  readonly options: boolean
  readonly authority: boolean
  readonly server: boolean
}

/**
 * What the options come to: `ServerConfig` and `baseConfig` (transport/listener.go), `configureClientListeners` and `configurePeerListeners`
 * (embed/etcd.go). Pure.
 */
export function settingsOf(listener: ListenerName, values: Values, { etcd }: Build): Settings {
  const name = names[listener]
  const on = demandedBy(listener, values, etcd)
  const skip = ['peer-skip-client-san-verification', 'experimental-peer-skip-client-san-verification'].find(
    (one) => isTrue(values[one]),
  )
  const clear = speaksClear(name.urls, values)
  const crlFile = values[name.crl]
  const secured = values[name.cert] ? 'pair' : isTrue(values[name.auto]) ? 'own' : 'none'
  // `SelfCert` makes the listener's settings anew: what was to be demanded is forgotten.
  const demands = on !== undefined && secured === 'pair'
  return {
    listener,
    tls: clear === undefined ? secured : 'none',
    ...(clear === undefined ? {} : { clear }),
    demands,
    ...(demands ? { demandedBy: on } : {}),
    trusted: (values[name.trusted] ?? values[name.older]) ? 'file' : undefined,
    ...lists(listener, values, etcd),
    ...(crlFile ? { crlFile } : {}),
    ...(listener === 'peer' && skip !== undefined ? { skipsAddress: `--${skip}` } : {}),
    ...(values['host-whitelist'] ? { hostWhitelist: values['host-whitelist'].split(',') } : {}),
  }
}

/** From 3.4.0 on a file of authorities is enough; before, --ca-file was (read at 2.3.8, 3.2.32, 3.3.27, 3.4.0, 3.4.25, 3.7.3). */
function demandedBy(listener: ListenerName, values: Values, etcd: string): string | undefined {
  const { auth, trusted, older } = names[listener]
  if (isTrue(values[auth])) return `--${auth}`
  if (values[older]) return `--${older}`
  return values[trusted] && semver.gte(numberOf(etcd), '3.4.0') ? `--${trusted}` : undefined
}

/** Before 3.5.15 one name with its commas (`StringVar`), where an empty one is none; since, a list, where it is the empty name. */
function lists(listener: ListenerName, values: Values, etcd: string) {
  const whole = semver.lt(numberOf(etcd), '3.5.15')
  const read = (text: string | undefined): readonly string[] | undefined => {
    if (text === undefined || (whole && text === '')) return undefined
    return whole ? [text] : text.split(',')
  }
  const allowedNames = listener === 'peer' ? read(values['peer-cert-allowed-cn']) : undefined
  const allowedHosts = read(values[names[listener].hosts])
  return { ...(allowedNames && { allowedNames }), ...(allowedHosts && { allowedHosts }) }
}

/** Only where every URL is in clear: with one of each, TLS is what the certificates are for. */
function speaksClear(option: string, values: Values): string | undefined {
  const urls = (values[option] ?? '').split(',').filter((url) => url !== '')
  const clear = urls.length > 0 && urls.every((url) => /^(http|unix):/i.test(url))
  return clear ? `--${option}=${urls.join(',')}` : undefined
}
