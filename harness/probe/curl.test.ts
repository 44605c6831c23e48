import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer as secureHttp } from 'node:https'
import { createServer as tcp, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
import { curl as spec, url, type CurlProbe } from '../scenario/probe.ts'
import { observe } from './observe.ts'
import { listening, serverCredential, standIn, testPki } from './testing/stand-in.ts'

const pki = testPki()
let server: Server | undefined
afterEach(() => void server?.close())
const https = () =>
  secureHttp(
    {
      key: pki.key(serverCredential),
      cert: pki.certificate(serverCredential),
      requestCert: true,
      rejectUnauthorized: false,
    },
    (request, response) =>
      void response.end(`${request.method} ${request.url} ${request.headers.host}\nsecond line\n`),
  ).on('tlsClientError', () => undefined)
const ask = async (args: CurlProbe['args'], more: Partial<CurlProbe> = {}, made: Server = https()) => {
  server = made
  return observe(spec({ args, ...more }), standIn(await listening(made), { limit: 1500 }, pki).context)
}

test('arguments are files, URLs and text; what went over the wire is seen; nothing is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'etcd-tls-test-'))
  vi.stubEnv('TMPDIR', folder)
  const as = { cn: 'alice' }
  const files = ['--cacert', authority('ca'), '--cert', certificateOf(as), '--key', keyOf(as)]
  const seen = await ask([...files, '--tlsv1.3', '-XPUT', '-d', 'value=@m1', url('/v2/keys/foo')])
  expect(seen.command?.exit, seen.command?.stderr).toBe(0)
  expect(seen).toMatchObject({
    http: { status: 200 },
    tls: {
      handshake: true,
      version: '1.3',
      verified: true,
      sent: ['client_hello', 'certificate', 'certificate_verify', 'finished'],
    },
    closed: { how: 'ours' },
  })
  expect(seen.localPort).toBeGreaterThan(0)
  expect(seen.http?.body).toMatch(/^PUT \/v2\/keys\/foo 127\.0\.0\.1:\d+/)
  expect(seen.byHand[0]).toMatch(
    /^curl -v --cacert ca\.crt --cert client\.crt --key client\.key --tlsv1\.3 -XPUT -d value=127\.0\.0\.1 https:/,
  )
  expect(JSON.stringify(seen)).not.toMatch(/PRIVATE KEY|etcd-tls-[\w-]*-probe-/)
  expect(readdirSync(folder)).toEqual([])
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('the host’s own trust store never decides; a store of the probe does', async () => {
  const empty = await ask([url('/version')])
  expect(empty).toMatchObject({
    command: { exit: 60 },
    alert: { number: 48, direction: 'sent' },
    closed: { how: 'ours' },
  })
  expect(empty.command?.stderr).toMatch(/CAfile: trust-store\.pem\n.*CApath: empty\n/)
  expect(empty.tls?.verified).toBe('unable to get local issuer certificate')
  server?.close()
  const trusting = await ask([url('/version')], { trustStore: authority('ca') })
  expect(trusting).toMatchObject({ command: { exit: 0 }, tls: { verified: true } })
  server?.close()
  expect(await ask(['--cacert', authority('other'), url('/version')])).toMatchObject({
    command: { exit: 60 },
  })
  server?.close()
  expect(await ask(['-k', url('/version')])).toMatchObject({ command: { exit: 0 }, tls: { handshake: true } })
})

test('lines are picked; the name of the member resolves', async () => {
  const port = await listening((server = https()))
  const { context } = standIn(port, { limit: 1500 }, pki)
  const args = ['--cacert', authority('ca'), `https://m1.etcd.local:${port}/x`]
  const seen = await observe(spec({ args, lines: 'second' }), context)
  expect(seen.command?.stdout).toBe('second line\n')
})

test('a server that hangs, one that closes, none', async () => {
  const hung = await ask([url('/')], {}, tcp())
  expect(hung).toMatchObject({
    command: { exit: 28 },
    closed: { how: 'limit' },
    connected: true,
    answered: false,
  })
  server?.close()
  const closes = await ask(
    [url('/', 'http')],
    {},
    tcp((socket) => void socket.on('error', () => undefined).once('data', () => socket.end())),
  )
  expect(closes).toMatchObject({ command: { exit: 52 }, closed: { how: 'end' }, answered: false })
  const gone = tcp()
  const port = await listening(gone)
  gone.close()
  const refused = await observe(spec({ args: [url('/')] }), standIn(port, {}, pki).context)
  expect(refused).toMatchObject({ command: { exit: 7 }, connected: false, closed: { how: 'refused' } })
})
