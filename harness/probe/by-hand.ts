import type { ClientTls, GrpcProbe, HelloProbe, HttpProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { line } from './shell.ts'
import { opensslSuite } from './suites.ts'
import { serverNameOf, type Target } from './target.ts'

/** Commands a person can type for an HTTP probe; the files are those of the evidence folder. */
export function httpByHand(spec: HttpProbe, target: Target, context: ProbeContext): string[] {
  const https = spec.scheme === 'https'
  const name = https ? serverNameOf(spec.tls?.serverName, target, context) : target.name
  const host = name ?? target.address
  const shownHost = `${host}:${target.port}`
  const sentHost = spec.host === undefined ? `${target.name}:${target.port}` : context.resolve(spec.host)
  const body = typeof spec.body === 'object' ? JSON.stringify(spec.body) : spec.body
  const words = [
    ...['curl', '-v', '--http1.1'],
    ...(spec.method ? ['-X', spec.method] : []),
    ...(https ? curlTls(spec.tls) : []),
    ...(name === null ? [] : ['--resolve', `${shownHost}:${target.address}`]),
    ...(sentHost === shownHost ? [] : ['-H', `Host: ${sentHost}`]),
    ...Object.entries(spec.headers ?? {}).flatMap(([key, value]) => [
      '-H',
      `${key}: ${context.resolve(value)}`,
    ]),
    ...(typeof spec.body === 'object' ? ['-H', 'Content-Type: application/json'] : []),
    ...(body === undefined ? [] : ['-d', context.resolve(body)]),
    `${spec.scheme}://${shownHost}${context.resolve(spec.path)}`,
  ]
  return [line(words), ...(https ? [clientByHand(spec.tls, target, context)] : [])]
}

/** `openssl s_client` for the connection alone. */
export function clientByHand(tls: ClientTls | undefined, target: Target, context: ProbeContext): string {
  const name = serverNameOf(tls?.serverName, target, context)
  const legacy = tls?.ciphers?.filter((suite) => !suite.startsWith('TLS_')) ?? []
  const modern = tls?.ciphers?.filter((suite) => suite.startsWith('TLS_')) ?? []
  return line([
    ...['openssl', 's_client', '-connect', `${target.address}:${target.port}`],
    ...(name === null ? ['-noservername'] : ['-servername', name]),
    ...(tls?.version ? [`-tls${tls.version.replace('.', '_')}`] : []),
    ...(legacy.length > 0 ? ['-cipher', `${legacy.join(':')}:@SECLEVEL=0`] : []),
    ...(modern.length > 0 ? ['-ciphersuites', modern.join(':')] : []),
    ...(tls?.as ? ['-cert', 'client.crt', '-key', 'client.key'] : []),
    ...(trusts(tls) ? ['-CAfile', trustFile(tls)] : []),
  ])
}

/** What OpenSSL can still say of such a hello: builds without old suites and versions refuse to send it. */
export function helloByHand(spec: HelloProbe, target: Target, name: string | null): string[] {
  const [highest] = spec.versions
  const only = spec.versions.length === 1 && highest !== undefined
  const modern = spec.suites.filter((suite) => suite.startsWith('TLS_') && !suite.includes('_WITH_'))
  const legacy = spec.suites
    .filter((suite) => !modern.includes(suite))
    .map((suite) => opensslSuite(suite) ?? suite)
  return [
    line([
      ...['openssl', 's_client', '-connect', `${target.address}:${target.port}`],
      ...(name === null ? ['-noservername'] : ['-servername', name]),
      ...(only ? [highest === '1.0' ? '-tls1' : `-tls${highest.replace('.', '_')}`] : []),
      ...(legacy.length > 0 ? ['-cipher', `${legacy.join(':')}:@SECLEVEL=0`] : []),
      ...(modern.length > 0 ? ['-ciphersuites', modern.join(':')] : []),
    ]),
  ]
}

/** The same call with etcdctl where etcdctl can make it; the certificate files are those of the evidence folder. */
export function grpcByHand(spec: GrpcProbe, target: Target, context: ProbeContext): string[] {
  const { tls, user, request = {} } = spec
  const text = (field: string): string => {
    const value = request[field]
    return typeof value === 'string' ? value : ''
  }
  const words: Readonly<Record<GrpcProbe['call'], readonly string[]>> = {
    put: ['put', text('key'), text('value')],
    range: ['get', text('key')],
    status: ['endpoint', 'status'],
    authenticate: ['--user', `${text('name')}:${text('password')}`, 'endpoint', 'status'],
    authEnable: ['auth', 'enable'],
    userAdd: ['user', 'add', `${text('name')}:${text('password')}`],
    userGrantRole: ['user', 'grant-role', text('user'), text('role')],
    roleAdd: ['role', 'add', text('role') || text('name')],
    roleGrantPermission: ['role', 'grant-permission', text('name'), 'readwrite', 'KEY'],
  }
  const command = [
    ...['etcdctl', '--endpoints', `${spec.scheme}://${target.address}:${target.port}`],
    ...(tls?.as ? ['--cert', 'client.crt', '--key', 'client.key'] : []),
    ...(spec.scheme === 'https'
      ? [...(trusts(tls) ? ['--cacert', trustFile(tls)] : ['--insecure-skip-tls-verify'])]
      : []),
    ...(user ? ['--user', `${user.name}:${user.password}`] : []),
    ...words[spec.call],
  ]
  return [
    `ETCDCTL_API=3 ${line(command)}`,
    ...(spec.scheme === 'https' ? [clientByHand(tls, target, context)] : []),
  ]
}

function curlTls(tls: ClientTls | undefined): string[] {
  const legacy = tls?.ciphers?.filter((suite) => !suite.startsWith('TLS_')) ?? []
  const modern = tls?.ciphers?.filter((suite) => suite.startsWith('TLS_')) ?? []
  return [
    ...(trusts(tls) ? ['--cacert', trustFile(tls)] : tls?.trust === 'anybody' ? ['-k'] : []),
    ...(tls?.as ? ['--cert', 'client.crt', '--key', 'client.key'] : []),
    ...(tls?.version ? [`--tlsv${tls.version}`, '--tls-max', tls.version] : []),
    ...(legacy.length > 0 ? ['--ciphers', legacy.join(':')] : []),
    ...(modern.length > 0 ? ['--tls13-ciphers', modern.join(':')] : []),
  ]
}

const trusts = (tls: ClientTls | undefined): boolean => tls?.trust !== 'nobody' && tls?.trust !== 'anybody'
const trustFile = (tls: ClientTls | undefined): string => `${tls?.trust ?? 'ca'}.crt`
