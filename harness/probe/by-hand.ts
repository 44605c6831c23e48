import type { ClientTls, GrpcProbe, HelloProbe, HttpProbe, TlsVersion } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { passphrase } from '../../fixtures/pki/key-text.ts'
import { line } from './shell.ts'
import { opensslSuite } from './suites.ts'
import { serverNameOf, type Target } from './target.ts'
import { suitesFor } from './versions.ts'

type Place = Pick<Target, 'name' | 'address' | 'port'>
type Resolver = Pick<ProbeContext, 'resolve'>

/** Commands a person can type for an HTTP probe; the client's files are `<client>.crt` and `<client>.key`. */
export function httpByHand(spec: HttpProbe, target: Place, context: Resolver, client = 'client'): string[] {
  const words = ['curl', '-sSv', '--noproxy', '*', ...httpWords(spec, target, context, client)]
  return [line(words), ...(spec.scheme === 'https' ? [clientByHand(spec.tls, target, context, client)] : [])]
}

/** What curl is told for the same request. Options before `--next` do not count behind it, but for how much is said. */
export function httpWords(spec: HttpProbe, target: Place, context: Resolver, client = 'client'): string[] {
  const words = requestWords(spec, target, context, client)
  const { afterHost: host } = spec
  if (host === undefined) return words
  const first = requestWords({ ...spec, host }, target, context, client)
  return ['--fail', '--fail-early', '-o', '/dev/null', ...first, '--next', '--noproxy', '*', ...words]
}

function requestWords(spec: HttpProbe, target: Place, context: Resolver, client: string): string[] {
  const https = spec.scheme === 'https'
  const name = https ? serverNameOf(spec.tls?.serverName, target, context) : target.name
  const host = name ?? target.address
  const shownHost = `${host}:${target.port}`
  const sentHost = spec.host === undefined ? `${target.name}:${target.port}` : context.resolve(spec.host)
  const body = typeof spec.body === 'object' ? JSON.stringify(spec.body) : spec.body
  return [
    '--http1.1',
    ...methodWords(spec.method),
    ...(https ? curlTls(spec.tls, client) : []),
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
}

/** With -X HEAD curl would wait for a body. */
function methodWords(method: HttpProbe['method']): string[] {
  if (method === 'HEAD') return ['--head']
  return method ? ['-X', method] : []
}

/** `openssl s_client` for the connection alone. */
const clientByHand = (
  tls: ClientTls | undefined,
  target: Place,
  context: Resolver,
  client?: string,
): string => line(['openssl', 's_client', ...clientWords(tls, target, context, client)])

/** What `openssl s_client` is told for the same connection. */
export function clientWords(
  tls: ClientTls | undefined,
  target: Place,
  context: Resolver,
  client = 'client',
): string[] {
  const name = serverNameOf(tls?.serverName, target, context)
  const lowered = suitesFor(tls?.version)
  const legacy = tls?.ciphers?.filter((suite) => !suite.startsWith('TLS_')) ?? []
  const modern = tls?.ciphers?.filter((suite) => suite.startsWith('TLS_')) ?? []
  return [
    ...['-connect', `${target.address}:${target.port}`],
    ...(name === null ? ['-noservername'] : ['-servername', name]),
    ...(tls?.version ? [opensslVersion(tls.version)] : []),
    ...(lowered ? ['-cipher', lowered] : []),
    ...(legacy.length > 0 ? ['-cipher', `${legacy.join(':')}:@SECLEVEL=0`] : []),
    ...(modern.length > 0 ? ['-ciphersuites', modern.join(':')] : []),
    ...(tls?.as ? ['-cert', `${client}.crt`, '-key', `${client}.key`] : []),
    ...(trusts(tls) ? ['-CAfile', trustFile(tls)] : []),
  ]
}

const opensslVersion = (version: TlsVersion): string =>
  version === '1.0' ? '-tls1' : `-tls${version.replace('.', '_')}`

/** What OpenSSL can still say of such a hello: builds without old suites and versions refuse to send it. */
export function helloByHand(spec: HelloProbe, target: Place, name: string | null): string[] {
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
      ...(only ? [opensslVersion(highest)] : []),
      ...(legacy.length > 0 ? ['-cipher', `${legacy.join(':')}:@SECLEVEL=0`] : []),
      ...(modern.length > 0 ? ['-ciphersuites', modern.join(':')] : []),
    ]),
  ]
}

/** Arguments of etcdctl for the same call, where etcdctl can make it. */
export function grpcWords(spec: GrpcProbe, endpoint: string, client = 'client'): string[] {
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
    memberAdd: ['member', 'add', text('name') || 'new', ...peerUrlsOf(request)],
    memberList: ['member', 'list'],
    memberRemove: ['member', 'remove', BigInt(text('ID') || '0').toString(16)],
    userAdd: ['user', 'add', `${text('name')}:${text('password')}`],
    userGrantRole: ['user', 'grant-role', text('user'), text('role')],
    roleAdd: ['role', 'add', text('role') || text('name')],
    roleGrantPermission: ['role', 'grant-permission', text('name'), ...permissionOf(request)],
  }
  return [
    ...['--endpoints', `${spec.scheme}://${endpoint}`],
    ...(tls?.as ? ['--cert', `${client}.crt`, '--key', `${client}.key`] : []),
    ...(spec.scheme === 'https'
      ? trusts(tls)
        ? ['--cacert', trustFile(tls)]
        : ['--insecure-skip-tls-verify']
      : []),
    ...(user ? ['--user', `${user.name}:${user.password}`] : []),
    ...words[spec.call],
  ]
}

const peerUrlsOf = ({ peerURLs }: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(peerURLs) ? [`--peer-urls=${peerURLs.join(',')}`] : []

/** Type, key and end of a permission, as `etcdctl role grant-permission` takes them. */
function permissionOf({ perm }: Readonly<Record<string, unknown>>): string[] {
  const { permType, key, range_end: end } = (perm ?? {}) as Record<string, string | undefined>
  return [permType?.toLowerCase() ?? 'readwrite', key ?? '', ...(end === undefined ? [] : [end])]
}

/** The same call with etcdctl, and its connection alone. */
export function grpcByHand(spec: GrpcProbe, target: Place, context: Resolver): string[] {
  const words = grpcWords(spec, `${target.address}:${String(target.port)}`)
  return [
    `ETCDCTL_API=3 ${line(['etcdctl', ...words])}`,
    ...(spec.scheme === 'https' ? [clientByHand(spec.tls, target, context)] : []),
  ]
}

function curlTls(tls: ClientTls | undefined, client: string): string[] {
  const lowered = suitesFor(tls?.version)
  const legacy = tls?.ciphers?.filter((suite) => !suite.startsWith('TLS_')) ?? []
  const modern = tls?.ciphers?.filter((suite) => suite.startsWith('TLS_')) ?? []
  return [
    ...(trusts(tls) ? ['--cacert', trustFile(tls)] : tls?.trust === 'anybody' ? ['-k'] : []),
    ...(tls?.as ? ['--cert', `${client}.crt`, '--key', `${client}.key`] : []),
    ...(tls?.as?.keyFormat?.startsWith('encrypted') ? ['--pass', passphrase] : []),
    ...(tls?.version ? [`--tlsv${tls.version}`, '--tls-max', tls.version] : []),
    ...(lowered ? ['--ciphers', lowered] : []),
    ...(legacy.length > 0 ? ['--ciphers', `${legacy.join(':')}:@SECLEVEL=0`] : []),
    ...(modern.length > 0 ? ['--tls13-ciphers', modern.join(':')] : []),
  ]
}

const trusts = (tls: ClientTls | undefined): boolean => tls?.trust !== 'nobody' && tls?.trust !== 'anybody'
const trustFile = (tls: ClientTls | undefined): string => `${tls?.trust ?? 'ca'}.crt`
