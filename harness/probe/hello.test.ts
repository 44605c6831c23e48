import { createServer as tcp, type Server, type Socket } from 'node:net'
import { createServer as tls, type TlsOptions } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { hello as spec } from '../scenario/probe.ts'
import { alertNumbers } from './alerts.ts'
import { observe } from './observe.ts'
import { listening, serverCredential, standIn, testPki } from './testing/stand-in.ts'

const pki = testPki()
const aes = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'
let server: Server | undefined
afterEach(() => void server?.close())

const limit = 300
async function ask(made: Server, probe: Parameters<typeof spec>[0] = { versions: ['1.2'], suites: [aes] }) {
  server = made
  return observe(spec(probe), standIn(await listening(made), { limit }, pki).context)
}
const secured = (options: TlsOptions = {}) => {
  const made = tls({ key: pki.key(serverCredential), cert: pki.certificate(serverCredential), ...options })
  return made.on('tlsClientError', () => undefined)
}
const answering = (act: (socket: Socket) => void) =>
  tcp((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => act(socket))
  })

test('the first flight of TLS 1.2: version, suite, certificate, request', async () => {
  const seen = await ask(secured({ requestCert: true }))
  expect(seen).toMatchObject({
    connected: true,
    answered: true,
    tls: { handshake: false, version: '1.2', suite: aes, clientCertificateAsked: true },
    closed: { how: 'ours' },
  })
  expect(seen.tls?.server).toMatchObject({ subject: 'CN=m1', issuer: 'CN=ca' })
  expect(seen.alert).toBeUndefined()
})

test('a server that asks for no certificate', async () => {
  expect((await ask(secured())).tls).toMatchObject({ clientCertificateAsked: false })
})

test('TLS 1.3 is chosen by its extension', async () => {
  const seen = await ask(secured(), {
    versions: ['1.3', '1.2'],
    suites: ['TLS_CHACHA20_POLY1305_SHA256', aes],
  })
  expect(seen.tls).toEqual({ handshake: false, version: '1.3', suite: 'TLS_CHACHA20_POLY1305_SHA256' })
})

test('a server that shares no suite, and one that shares no version', async () => {
  const suite = await ask(secured(), { versions: ['1.2'], suites: ['TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA'] })
  expect(suite).toMatchObject({ alert: { number: 40, direction: 'received' }, closed: { how: 'alert' } })
  expect(suite.tls).toEqual({ handshake: false })
  server?.close()
  const version = await ask(secured({ minVersion: 'TLSv1.3' }))
  expect(version.alert).toMatchObject({ number: 70, name: 'protocol_version' })
})

test.each(alertNumbers.filter((number) => number !== 0))('alert %i is seen', async (number) => {
  const seen = await ask(answering((socket) => socket.end(Buffer.of(21, 3, 3, 0, 2, 2, number))))
  expect(seen).toMatchObject({
    alert: { number, direction: 'received' },
    closed: { how: 'alert' },
    answered: true,
  })
})

test('a silent close, a reset, a server that hangs', async () => {
  const silent = await ask(answering((socket) => socket.end()))
  expect(silent).toMatchObject({ answered: false, closed: { how: 'end' } })
  server?.close()
  const reset = await ask(answering((socket) => socket.resetAndDestroy()))
  expect(reset).toMatchObject({ answered: false, closed: { how: 'reset' } })
  server?.close()
  const hung = await ask(answering(() => undefined))
  expect(hung).toMatchObject({ answered: false, closed: { how: 'limit' }, error: { code: 'LIMIT' } })
})

test('garbage, half a record and an endless flight end in time', async () => {
  const garbage = await ask(answering((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n')))
  expect(garbage).toMatchObject({ answered: true, closed: { how: 'ours' }, error: { code: 'MALFORMED' } })
  server?.close()
  const half = await ask(answering((socket) => socket.write(Buffer.of(22, 3, 3, 64))))
  expect(half).toMatchObject({ answered: true, closed: { how: 'limit' } })
  server?.close()
  const body = Buffer.concat([Buffer.of(22, 3, 3, 0x10, 4, 99, 0, 0x10, 0), Buffer.alloc(4096)])
  const endless = await ask(
    answering((socket) => {
      const more = () => void (socket.destroyed || socket.write(body, more))
      more()
    }),
  )
  expect(endless).toMatchObject({ closed: { how: 'ours' }, error: { code: 'MALFORMED' } })
})

test('a port that nobody listens on', async () => {
  const closed = tcp()
  const port = await listening(closed)
  closed.close()
  const seen = await observe(
    spec({ versions: ['1.2'], suites: [aes] }),
    standIn(port, { limit }, pki).context,
  )
  expect(seen).toMatchObject({ connected: false, answered: false, closed: { how: 'refused' } })
})

test('a suite that has no code is an error of the harness', async () => {
  await expect(ask(secured(), { versions: ['1.2'], suites: ['TLS_NONE'] })).rejects.toMatchObject({
    code: 'unknown-suite',
  })
})
