import { createServer as secureHttp, type ServerOptions } from 'node:https'
import { createServer as tls } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { http as spec } from '../scenario/probe.ts'
import { observe } from './observe.ts'
import { answering, echo, HttpStandIn, serverCredential, testPki } from './testing/stand-in.ts'

const pki = testPki()
const pair = { key: pki.key(serverCredential), cert: pki.certificate(serverCredential) }
const ground = new HttpStandIn(pki)
afterEach(() => ground.close())
const https = (options: ServerOptions = {}) => {
  const made = secureHttp({ ...pair, ...options }, (request, response) => void response.end(echo(request)))
  return made.on('tlsClientError', () => undefined)
}

test.each(['1.2', '1.3'] as const)(
  'TLS %s: version, suite, certificate and verification are seen',
  async (version) => {
    const seen = await ground.ask(https(), { scheme: 'https', tls: { version } })
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
  const context = await ground.serve(made)
  const ports = new Set<number | undefined>()
  for (let count = 0; count < 3; count++)
    ports.add((await observe(spec({ scheme: 'https', path: '/' }), context)).localPort)
  expect(reused).toEqual([false, false, false])
  expect(ports.size).toBe(3)
})

test('the suites offered are the only ones', async () => {
  const seen = await ground.ask(https(), {
    scheme: 'https',
    tls: { version: '1.2', ciphers: ['ECDHE-RSA-AES256-GCM-SHA384'] },
  })
  expect(seen.tls?.suite).toBe('TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384')
  const modern = await ground.ask(https(), {
    scheme: 'https',
    tls: { version: '1.3', ciphers: ['TLS_CHACHA20_POLY1305_SHA256'] },
  })
  expect(modern.tls?.suite).toBe('TLS_CHACHA20_POLY1305_SHA256')
  const unknown = { scheme: 'https', tls: { ciphers: ['DES-CBC3-SHA'] } } as const
  await expect(ground.ask(https(), unknown)).rejects.toMatchObject({ code: 'suite-not-offered' })
})

test.each([
  ['nobody', { trust: 'nobody' }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['another authority', { trust: 'other' }, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['another name', { serverName: 'x.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('a client that trusts %s turns the server away before it asks', async (_name, options, code) => {
  let asked = 0
  const made = https().on('request', () => asked++)
  const seen = await ground.ask(made, { scheme: 'https', tls: options })
  expect(seen).toMatchObject({ tls: { handshake: true }, closed: { how: 'ours' }, error: { code } })
  expect(typeof seen.tls?.verified).toBe('string')
  expect(seen.http).toBeUndefined()
  expect(asked).toBe(0)
})

test('a client that trusts anybody does not verify; without SNI the address is verified', async () => {
  const names: unknown[] = []
  const made = () =>
    https().on('secureConnection', (socket: { servername?: string | false }) => names.push(socket.servername))
  const anybody = await ground.ask(made(), {
    scheme: 'https',
    tls: { trust: 'anybody', serverName: 'x.example' },
  })
  expect(anybody.http?.status).toBe(200)
  expect(anybody.tls).not.toHaveProperty('verified')
  const unnamed = await ground.ask(made(), { scheme: 'https', tls: { serverName: null } })
  expect(unnamed.tls?.verified).toBe(true)
  expect(names).toEqual(['x.example', false])
})

test('the client certificate is sent, and no key is in the observation', async () => {
  const as = { cn: 'alice', key: 'p-256' } as const
  const seen = await ground.ask(
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
  const seen = await ground.ask(
    answering((socket) => socket.end(Buffer.of(21, 3, 3, 0, 2, 2, number))),
    { scheme: 'https' },
  )
  expect(seen).toMatchObject({
    alert: { number, direction: 'received' },
    closed: { how: 'alert' },
    tls: { handshake: false },
  })
})

test('the other side closing after the handshake is an end, not an answer', async () => {
  const made = tls(pair, (socket) => {
    socket.on('error', () => undefined)
    socket.end()
  })
  const seen = await ground.ask(made, { scheme: 'https' })
  expect(seen).toMatchObject({ tls: { handshake: true }, closed: { how: 'end' } })
  expect(seen.http).toBeUndefined()
})
