import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js'
import { constants, createServer } from 'node:http2'
import { createServer as tcp, type Server as TcpServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { grpc as spec, type GrpcProbe } from '../scenario/probe.ts'
import { encoded, methodOf, shown } from './etcd-api.ts'
import { observe } from './observe.ts'
import { listening, serverCredential, standIn, testPki } from './testing/stand-in.ts'

const pki = testPki()
const limit = 800
const stops: (() => void)[] = []
afterEach(() => stops.splice(0).forEach((stop) => stop()))

type Request = Record<string, unknown>
type Handler = (call: ServerUnaryCall<Request, object>, done: sendUnaryData<object>) => void

/** An etcd that knows Put, Range and Authenticate. */
async function etcd(secure: boolean, put: Handler): Promise<number> {
  const server = new Server()
  const authenticate: Handler = ({ request }, done) =>
    request['password'] === 'right'
      ? done(null, { token: 'secret-token' })
      : done({ code: status.INVALID_ARGUMENT, details: 'authentication failed' })
  const range: Handler = ({ request }, done) =>
    done(null, { kvs: [{ key: request['key'], value: Buffer.from('välue') }], count: '1' })
  const service = { put: methodOf('put'), range: methodOf('range'), authenticate: methodOf('authenticate') }
  server.addService(service, { put, range, authenticate })
  const pair = {
    private_key: Buffer.from(pki.key(serverCredential)),
    cert_chain: Buffer.from(pki.certificate(serverCredential)),
  }
  const credentials = secure
    ? ServerCredentials.createSsl(Buffer.from(pki.authority('ca')), [pair], true)
    : ServerCredentials.createInsecure()
  stops.push(() => server.forceShutdown())
  return new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? reject(error) : resolve(port))),
  )
}
const ok: Handler = (_call, done) => done(null, { header: { revision: '7' } })
const ask = async (port: number, probe: Partial<Omit<GrpcProbe, 'kind'>> = {}) =>
  observe(
    spec({ scheme: 'http', call: 'put', request: { key: 'a', value: '@m1' }, ...probe }),
    standIn(port, { limit }, pki).context,
  )

test('a plain put: bytes, authority and metadata arrive', async () => {
  let got: unknown
  const port = await etcd(false, ({ request, getPath, getHost, metadata }, done) => {
    got = { key: String(request['key']), value: String(request['value']), token: metadata.get('token') }
    done(null, { header: { revision: '7' } })
    void [getPath, getHost]
  })
  const seen = await ask(port)
  expect(got).toEqual({ key: 'a', value: '127.0.0.1', token: [] })
  expect(seen).toMatchObject({
    connected: true,
    answered: true,
    grpc: { code: 'OK', details: '' },
    closed: { how: 'ours' },
  })
  expect(seen.grpc?.response).toContain('"revision":"7"')
  expect(seen.localPort).toBeGreaterThan(0)
  expect(seen).not.toHaveProperty('tls')
})

test('a response shows bytes as text', async () => {
  const seen = await ask(await etcd(false, ok), { call: 'range', request: { key: 'a' } })
  expect(JSON.parse(seen.grpc?.response ?? '')).toMatchObject({
    kvs: [{ key: 'a', value: 'välue' }],
    count: '1',
  })
})

test('over TLS with a certificate, :authority as asked', async () => {
  const hosts: string[] = []
  const port = await etcd(true, (call, done) => {
    hosts.push(call.getHost())
    done(null, {})
  })
  const tls = { as: { cn: 'alice' }, version: '1.3' } as const
  const seen = await ask(port, { scheme: 'https', tls })
  expect(seen).toMatchObject({
    grpc: { code: 'OK' },
    tls: { handshake: true, version: '1.3', verified: true },
  })
  expect((await ask(port, { scheme: 'https', tls, authority: 'attacker.example' })).grpc?.code).toBe('OK')
  expect(hosts).toEqual([`m1.etcd.local:${port}`, 'attacker.example'])
  expect(JSON.stringify(seen)).not.toMatch(/PRIVATE KEY/)
})

test('status codes and details are etcd’s', async () => {
  const port = await etcd(false, (_call, done) =>
    done({ code: status.PERMISSION_DENIED, details: 'etcdserver: permission denied' }),
  )
  const seen = await ask(port)
  expect(seen).toMatchObject({
    grpc: { code: 'PERMISSION_DENIED', details: 'etcdserver: permission denied' },
    closed: { how: 'ours' },
  })
})

test('a user signs in first, on the same connection; the token stays secret', async () => {
  const tokens: unknown[] = []
  const port = await etcd(false, ({ metadata }, done) => {
    tokens.push(metadata.get('token'))
    done(null, {})
  })
  expect((await ask(port, { user: { name: 'root', password: 'right' } })).grpc?.code).toBe('OK')
  expect(tokens).toEqual([['secret-token']])
  const wrong = await ask(port, { user: { name: 'root', password: 'wrong' } })
  expect(wrong.grpc).toMatchObject({ code: 'INVALID_ARGUMENT', details: 'authentication failed' })
  expect(tokens).toHaveLength(1)
  const bare = await ask(port, { call: 'authenticate', request: { name: 'root', password: 'right' } })
  expect(bare.grpc?.response).toContain('<token>')
  expect(JSON.stringify(bare)).not.toContain('secret-token')
})

// grpc-js's server sends the authorities it trusts along with its leaf, so OpenSSL finds an unknown root.
test('a client that trusts another authority turns the server away', async () => {
  const seen = await ask(await etcd(true, ok), { scheme: 'https', tls: { as: { cn: 'a' }, trust: 'other' } })
  expect(seen).toMatchObject({
    grpc: { code: 'UNAVAILABLE' },
    tls: { verified: 'SELF_SIGNED_CERT_IN_CHAIN' },
    closed: { how: 'ours' },
  })
})

test.each([
  ['hangs', 'limit', () => undefined],
  ['closes', 'end', (socket: { end(): void }) => socket.end()],
  ['resets', 'reset', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
] as const)('a server that %s is dialled once and not again', async (_name, how, act) => {
  let connections = 0
  const server: TcpServer = tcp((socket) => {
    connections++
    socket.on('error', () => undefined)
    socket.once('data', () => act(socket))
  })
  const port = await listening(server)
  stops.push(() => server.close())
  const seen = await ask(port)
  expect(seen).toMatchObject({ closed: { how } })
  expect(['UNAVAILABLE', 'DEADLINE_EXCEEDED']).toContain(seen.grpc?.code)
  expect(seen.milliseconds).toBeLessThan(limit + 400)
  expect(connections).toBe(1)
})

test('a stream that is refused is not tried again', async () => {
  let streams = 0
  const server = createServer().on('stream', (stream) => {
    streams++
    stream.on('error', () => undefined)
    stream.close(constants.NGHTTP2_REFUSED_STREAM)
  })
  const port = await listening(server)
  stops.push(() => server.close())
  expect((await ask(port)).grpc?.code).toBe('UNAVAILABLE')
  expect(streams).toBe(1)
})

test('a port that nobody listens on', async () => {
  const closed = tcp()
  const port = await listening(closed)
  closed.close()
  expect(await ask(port)).toMatchObject({
    connected: false,
    closed: { how: 'refused' },
    grpc: { code: 'UNAVAILABLE' },
  })
})

test('the messages are those on the wire: field numbers of etcd', () => {
  const wire = methodOf('roleGrantPermission').requestSerialize(
    encoded({ name: 'r', perm: { permType: 'READWRITE', key: 'k', range_end: 'l' } }),
  )
  expect(wire.toString('hex')).toBe('0a0172' + '1208' + '0802' + '12016b' + '1a016c')
  expect(methodOf('userGrantRole').path).toBe('/etcdserverpb.Auth/UserGrantRole')
  expect(shown({ token: '' })).toBe('{"token":""}')
})
