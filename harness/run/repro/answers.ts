import { brokenOff } from '../../judge/outcome.ts'
import { opensslSuite, suiteCode } from '../../probe/suites.ts'
import { versionNumber } from '../../probe/versions.ts'
import type { TlsVersion } from '../../scenario/probe.ts'
import { notShown, type Seen } from './plan.ts'

/** curl's exits when it does not take the server's certificate. */
const distrusts: readonly number[] = [51, 60, 83, 90, 91]

export const ended = 'no answer, the connection is ended'

/** What `ask` of `functions.sh` says of the same, by the same exits of curl. Errors: `not-shown` where nothing was seen. */
export function asked(seen: Seen): string {
  if (seen.http !== undefined) return `HTTP ${String(seen.http.status)}`
  // Of a request of ours the reason is known, of curl the exit.
  if (seen.command === undefined && typeof seen.tls?.verified === 'string')
    return 'curl turns the server away, exit 60'
  const exit = seen.command?.exit ?? undefined
  // Some alerts of the other side look to curl as if it had refused itself.
  const said = seen.command?.stderr ?? ''
  const broken =
    /^curl: .*(alert|SYSCALL|reset|unexpected eof)/im.test(said) ||
    /^\* TLSv[\d.]+ \(IN\), TLS alert, (?!close notify)/m.test(said)
  if ((exit === 35 || exit === 60) && broken) return ended
  // So does one in answer to a request in clear: to curl it is an answer without a head.
  if (exit === 1 && /^curl: .*HTTP\/0\.9/m.test(said)) return ended
  if (exit !== undefined && distrusts.includes(exit))
    return `curl turns the server away, exit ${String(exit)}`
  if (exit !== undefined && brokenOff.includes(exit)) return ended
  if (exit !== undefined) throw notShown(`curl came to no answer in the run (exit ${String(exit)})`)
  if (wasEnded(seen)) return ended
  throw notShown('nothing came back in the run')
}

/** etcd turned the client away: by an alert, or by ending the connection. */
export const wasEnded = ({ alert, closed }: Seen): boolean =>
  alert?.direction === 'received' || ['end', 'reset', 'alert'].includes(closed?.how ?? '')

/** What `alert` says. */
export const alerted = ({ alert }: Seen): string =>
  alert?.direction === 'received' ? `alert ${String(alert.number)}` : 'no alert'

/** What `ctl` says. */
export const called = ({ grpc, command }: Seen): string =>
  grpc?.code === 'OK' || command?.exit === 0 ? 'etcdctl is answered' : 'etcdctl fails'

/** What `hello` says. Errors: `not-shown`. */
export function greeted(seen: Seen): string {
  if (seen.alert?.direction === 'received') return alerted(seen)
  const { version, suite } = seen.tls ?? {}
  if (version === undefined || suite === undefined) {
    if (wasEnded(seen)) return ended
    throw notShown('no first flight of the server was seen in the run')
  }
  return `version ${hex(versionNumber(version))}, suite ${hex(codeOf(suite))}`
}

const codeOf = (suite: string): number =>
  /^0x[0-9a-f]+$/.test(suite) ? Number.parseInt(suite, 16) : suiteCode(suite)
const hex = (number: number): string => number.toString(16).padStart(4, '0')

/** What `spoke` says: the words of OpenSSL. */
export function spoken({ tls }: Seen, suite: boolean): string {
  if (tls?.version === undefined) return 'no TLS'
  const name = suite && tls.suite !== undefined ? ` ${opensslSuite(tls.suite) ?? tls.suite}` : ''
  return `${opensslVersion(tls.version)}${name}`
}
const opensslVersion = (version: TlsVersion): string => (version === '1.0' ? 'TLSv1' : `TLSv${version}`)

/** What `state` says. Errors: `not-shown`. */
export function stateOf(name: string, seen: Seen): string {
  const { process } = seen
  if (process === undefined) throw notShown(`the start of ${name} was not seen in the run`)
  if (process.ready) return `${name}: it serves`
  if (process.exit === undefined) return `${name}: it does not serve`
  return `${name}: it ends, exit ${String(process.exit)}`
}
