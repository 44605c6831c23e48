import { createServer as plainHttp, type IncomingMessage } from 'node:http'
import { createServer as secureHttp, type ServerOptions } from 'node:https'
import { createServer as tcp, type Server, type Socket } from 'node:net'
import { createServer as tls } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { http as spec } from '../scenario/probe.ts'
import { observe } from './observe.ts'
import { listening, serverCredential, standIn, testPki } from './stand-in.ts'

const pki = testPki()
const pair = { key: pki.key(serverCredential), cert: pki.certificate(serverCredential) }
const limit = 400
let server: (Server & { closeAllConnections?(): void }) | undefined
afterEach(() => {
  server?.closeAllConnections?.()
  server?.close()
})

type Probe = Partial<Parameters<typeof spec>[0]>
async function ask(made: Server, probe: Probe = {}) {
  server?.close()
  server = made
  return observe(
    spec({ scheme: 'http', path: '/version', ...probe }),
    standIn(await listening(made), { limit }, pki).context,
  )
}
const answering = (act: (socket: Socket) => void) =>
  tcp((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => act(socket))
  })
/** Says what it was asked. */
const echo = (request: IncomingMessage): string => {
  const { method, url, rawHeaders } = request
  return JSON.stringify({ method, url, rawHeaders })
}
const https = (options: ServerOptions = {}) => {
  const made = secureHttp({ ...pair, ...options }, (request, response) => void response.end(echo(request)))
  return made.on('tlsClientError', () => undefined)
}

test('a plain request has the headers of curl and its own user agent', async () => {
  const seen = await ask(plainHttp((request, response) => void response.end(echo(request))))
  const asked = JSON.parse(seen.http?.body ?? '') as { rawHeaders: string[] }
  expect(asked).toMatchObject({ method: 'GET', url: '/version' })
  expect(asked.rawHeaders.join('|')).toMatch(
    /^host\|m1\.etcd\.local:\d+\|.*User-Agent\|etcd-tls\|Accept\|\*\/\*$/,
  )
  expect(seen).toMatchObject({
    connected: true,
    answered: true,
    closed: { how: 'ours' },
    http: { status: 200 },
  })
  expect(seen.localPort).toBeGreaterThan(0)
  expect(seen.error).toBeUndefined()
  expect(seen.byHand[0]).toMatch(/^curl -v --http1.1 --resolve m1\.etcd\.local:\d+:127\.0\.0\.1 http:/)
})

test('host, method and bodies are sent as asked', async () => {
  const bodies: string[] = []
  const made = () =>
    plainHttp((request, response) => {
      request.setEncoding('utf8').on('data', (text: string) => bodies.push(text))
      request.on('end', () => response.end(echo(request)))
    })
  const form = await ask(made(), { host: 'attacker.example', method: 'PUT', body: 'value=bar' })
  expect(form.http?.body).toContain('"host","attacker.example"')
  expect(form.http?.body).toContain('"Content-Type","application/x-www-form-urlencoded"')
  const json = await ask(made(), { body: { key: 'Zm9v' } })
  expect(json.http?.body).toContain('"method":"POST"')
  expect(json.http?.body).toContain('"Content-Type","application/json"')
  expect(bodies).toEqual(['value=bar', '{"key":"Zm9v"}'])
})

test('a redirect is reported, not followed', async () => {
  const seen = await ask(
    plainHttp((_request, response) => void response.writeHead(307, { Location: '/other' }).end()),
  )
  expect(seen.http).toMatchObject({ status: 307, headers: { location: '/other' } })
})

test('a long body is cut; lines can be picked from it', async () => {
  const long = () =>
    plainHttp((_request, response) => void response.end(`${'# filler\n'.repeat(9000)}go_info 1\n`))
  expect((await ask(long())).http?.body).toHaveLength(4096)
  expect((await ask(long(), { lines: 'go_info' })).http?.body).toBe('go_info 1\n')
})

test.each(['1.2', '1.3'] as const)(
  'TLS %s: version, suite, certificate and verification are seen',
  async (version) => {
    const seen = await ask(https(), { scheme: 'https', tls: { version } })
    expect(seen).toMatchObject({
      http: { status: 200 },
      tls: { handshake: true, version, verified: true },
      closed: { how: 'ours' },
    })
    expect(seen.tls?.suite).toMatch(version === '1.3' ? /^TLS_AES_/ : /^TLS_ECDHE_RSA_WITH_/)
    expect(seen.tls?.server).toMatchObject({
      subject: 'CN=m1',
      issuer: 'CN=ca',
      names: 'DNS:m1.etcd.local, IP Address:127.0.0.1',
    })
    expect(seen.tls?.server?.pem).toBe(pki.certificate(serverCredential))
    expect(seen.alert).toBeUndefined()
  },
)

test('every connection is fresh', async () => {
  const reused: boolean[] = []
  const made = https().on('secureConnection', (socket) => reused.push(socket.isSessionReused()))
  const { context } = standIn(await listening((server = made)), { limit }, pki)
  const ports = new Set<number | undefined>()
  for (let count = 0; count < 3; count++)
    ports.add((await observe(spec({ scheme: 'https', path: '/' }), context)).localPort)
  expect(reused).toEqual([false, false, false])
  expect(ports.size).toBe(3)
})

test('the suites offered are the only ones', async () => {
  const seen = await ask(https(), {
    scheme: 'https',
    tls: { version: '1.2', ciphers: ['ECDHE-RSA-AES256-GCM-SHA384'] },
  })
  expect(seen.tls?.suite).toBe('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384')
  const modern = await ask(https(), {
    scheme: 'https',
    tls: { version: '1.3', ciphers: ['TLS_CHACHA20_POLY1305_SHA256'] },
  })
  expect(modern.tls?.suite).toBe('TLS_CHACHA20_POLY1305_SHA256')
  const probe: Probe = { scheme: 'https', tls: { ciphers: ['DES-CBC3-SHA'] } }
  await expect(ask(https(), probe)).rejects.toMatchObject({ code: 'suite-not-offered' })
})

test.each([
  ['nobody', { trust: 'nobody' }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['another authority', { trust: 'other' }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['another name', { serverName: 'x.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a client that trusts %s turns the server away before it asks', async (_name, options, code) => {
  let asked = 0
  const made = https().on('request', () => asked++)
  const seen = await ask(made, { scheme: 'https', tls: options })
  expect(seen).toMatchObject({ tls: { handshake: true }, closed: { how: 'ours' }, error: { code } })
  expect(typeof seen.tls?.verified).toBe('string')
  expect(seen.http).toBeUndefined()
  expect(asked).toBe(0)
})

test('a client that trusts anybody does not verify; without SNI the address is verified', async () => {
  const names: unknown[] = []
  const made = () =>
    https().on('secureConnection', (socket: { servername?: string | false }) => names.push(socket.servername))
  const anybody = await ask(made(), { scheme: 'https', tls: { trust: 'anybody', serverName: 'x.example' } })
  expect(anybody.http?.status).toBe(200)
  expect(anybody.tls).not.toHaveProperty('verified')
  const unnamed = await ask(made(), { scheme: 'https', tls: { serverName: null } })
  expect(unnamed.tls?.verified).toBe(true)
  expect(names).toEqual(['x.example', false])
})

test('the client certificate is sent, and no key is in the observation', async () => {
  const as = { cn: 'alice', key: 'p-256' } as const
  const seen = await ask(
    secureHttp(
      { ...pair, requestCert: true, rejectUnauthorized: true, ca: pki.authority('ca') },
      (request, response) => {
        const { socket } = request as unknown as {
          socket: { getPeerCertificate(): { subject: { CN: string } } }
        }
        response.end(socket.getPeerCertificate().subject.CN)
      },
    ),
    { scheme: 'https', tls: { as } },
  )
  expect(seen.http?.body).toBe('alice')
  expect(JSON.stringify(seen)).not.toMatch(/PRIVATE KEY/)
  expect(JSON.stringify(seen)).not.toContain(pki.key(as).split('\n')[1])
})

// Numbers that no RFC knows are lost: OpenSSL has no text for them, and Node then reports the close alone.
test.each([42, 40, 48, 70, 80, 116])('TLS 1.2: alert %i instead of a ServerHello', async (number) => {
  const seen = await ask(
    answering((socket) => socket.end(Buffer.of(21, 3, 3, 0, 2, 2, number))),
    { scheme: 'https' },
  )
  expect(seen).toMatchObject({
    alert: { number, direction: 'received' },
    closed: { how: 'alert' },
    tls: { handshake: false },
  })
})

test('hostile servers end within the limit, each with its own word', async () => {
  const act = async (act: (socket: Socket) => void, probe: Probe = {}) => ask(answering(act), probe)
  const hung = await act(() => undefined)
  expect(hung).toMatchObject({ answered: false, closed: { how: 'limit' }, error: { code: 'LIMIT' } })
  expect(hung.milliseconds).toBeLessThan(limit + 300)
  expect(await act(() => undefined, { scheme: 'https' })).toMatchObject({
    answered: false,
    closed: { how: 'limit' },
  })
  expect(await act((socket) => socket.end())).toMatchObject({ answered: false, closed: { how: 'end' } })
  expect(await act((socket) => socket.end(), { scheme: 'https' })).toMatchObject({
    answered: false,
    closed: { how: 'end' },
  })
  expect(await act((socket) => socket.resetAndDestroy())).toMatchObject({ closed: { how: 'reset' } })
  expect(await act((socket) => socket.resetAndDestroy(), { scheme: 'https' })).toMatchObject({
    closed: { how: 'reset' },
  })
  expect(await act((socket) => socket.write('HTTP/1.1 200 OK\r\n'))).toMatchObject({
    answered: true,
    closed: { how: 'limit' },
  })
  const garbage = await act((socket) => socket.end('\0\0\0garbage'))
  expect(garbage).toMatchObject({ answered: true, error: { code: 'HTTPParserError' } })
  const notTls = await act((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'), { scheme: 'https' })
  expect(notTls).toMatchObject({ answered: true, closed: { how: 'ours' }, tls: { handshake: false } })
})

test('endless headers and endless bodies are cut', async () => {
  const endless = (head: string, more: string) =>
    answering((socket) => {
      socket.write(head)
      const next = () => void (socket.destroyed || socket.write(more.repeat(500), next))
      next()
    })
  const headers = await ask(endless('HTTP/1.1 200 OK\r\n', 'x-more: and more\r\n'))
  expect(headers).toMatchObject({ answered: true, error: { code: 'UND_ERR_HEADERS_OVERFLOW' } })
  expect(headers.http).toBeUndefined()
  const body = await ask(endless('HTTP/1.1 200 OK\r\n\r\n', 'more '))
  expect(body).toMatchObject({ http: { status: 200 }, closed: { how: 'ours' } })
  expect(body.http?.body).toHaveLength(4096)
})

test('a body that breaks off is kept as far as it came', async () => {
  const seen = await ask(
    answering((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf')),
  )
  expect(seen).toMatchObject({ http: { status: 200, body: 'half' }, closed: { how: 'end' } })
})

test('a port that nobody listens on', async () => {
  const closed = tcp()
  const port = await listening(closed)
  closed.close()
  const seen = await observe(spec({ scheme: 'https', path: '/' }), standIn(port, { limit }, pki).context)
  expect(seen).toMatchObject({
    connected: false,
    answered: false,
    closed: { how: 'refused' },
    error: { code: 'ECONNREFUSED' },
  })
  expect(seen).not.toHaveProperty('tls')
})

test('the other side closing after the handshake is an end, not an answer', async () => {
  const made = tls(pair, (socket) => {
    socket.on('error', () => undefined)
    socket.end()
  })
  const seen = await ask(made, { scheme: 'https' })
  expect(seen).toMatchObject({ tls: { handshake: true }, closed: { how: 'end' } })
  expect(seen.http).toBeUndefined()
})

test('an unknown member is an error of the harness', async () => {
  const probe = spec({ scheme: 'http', path: '/', to: 'm9' })
  await expect(async () => observe(probe, standIn(1, {}, pki).context)).rejects.toMatchObject({
    code: 'unknown-member',
  })
})
