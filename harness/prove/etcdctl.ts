import semver from 'semver'
import type { ProbeContext } from '../world/running.ts'
import type { Pair } from './bench.ts'
import type { Met } from './connect.ts'

export interface Calling {
  /** Name or address that is dialled. */
  readonly host: string
  readonly pair: Pair | undefined
  /** PEM of the authorities that it is given. */
  readonly ca: string
}

/** The build's own etcdctl, a client in Go that verifies etcd; it is served only when both sides agree. Undefined where there is none. */
export async function callEtcdctl(
  context: ProbeContext,
  { host, pair, ca }: Calling,
): Promise<Met | undefined> {
  const program = context.subject.commands.etcdctl
  if (program === undefined) return undefined
  const { clientPort } = context.member('m1')
  const folder = '/etcd-tls'
  const files = {
    [`${folder}/ca.pem`]: ca,
    ...(pair && { [`${folder}/cert.pem`]: pair.cert, [`${folder}/key.pem`]: pair.key }),
  }
  const identity = pair === undefined ? [] : [`--cert=${folder}/cert.pem`, `--key=${folder}/key.pem`]
  const endpoint = `https://${host.includes(':') ? `[${host}]` : host}:${String(clientPort)}`
  const words = [
    `--endpoints=${endpoint}`,
    `--cacert=${folder}/ca.pem`,
    ...identity,
    '--dial-timeout=2s',
    '--command-timeout=2s',
  ]
  const environment: Record<string, string> = semver.lt(context.subject.etcd, '3.4.0')
    ? { ETCDCTL_API: '3' }
    : {}
  const { exit, stderr } = await context.runBeside([program, ...words, 'get', 'etcd-tls'], {
    files,
    environment,
  })
  if (exit === 0) return { accepted: true, ended: 'etcdctl get ended with status 0' }
  const reason =
    /(x509|tls|remote error|authentication handshake failed)[^"\\]*/.exec(stderr)?.[0] ??
    stderr.trim().split('\n').at(-1) ??
    ''
  return { accepted: false, ended: `etcdctl: ${reason.slice(0, 300)}` }
}
