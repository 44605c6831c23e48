import { execa, type ResultPromise } from 'execa'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { grpc, http, type ClientTls } from '../scenario/probe.ts'
import { observe } from './observe.ts'
import { listening, serverCredential, standIn, testPki } from './testing/stand-in.ts'
import { settleLimit } from './tls-client.ts'

/** `openssl s_server` sends the alerts of TLS 1.3 after the client's handshake, which Node's server does not. */
const pki = testPki()
let folder: string
let server: ResultPromise | undefined
let stop: (() => void) | undefined
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-test-'))))
afterEach(async () => {
  stop?.()
  server?.kill()
  await server?.catch(() => undefined)
  await rm(folder, { recursive: true })
})

async function serve(...options: string[]): Promise<number> {
  const free = createServer()
  const port = await listening(free)
  await new Promise((resolve) => free.close(resolve))
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const own = [
    '-cert',
    await file('s.crt', pki.certificate(serverCredential)),
    '-key',
    await file('s.key', pki.key(serverCredential)),
  ]
  const trust = ['-CAfile', await file('ca.crt', pki.authority('ca'))]
  server = execa(
    'openssl',
    ['s_server', '-accept', `127.0.0.1:${port}`, ...own, ...trust, '-www', ...options],
    { reject: false },
  )
  await new Promise<void>((resolve) =>
    server?.stdout?.on('data', (text: Buffer) => text.includes('ACCEPT') && resolve()),
  )
  return port
}
const demanding = ['-tls1_3', '-Verify', '2', '-verify_return_error']
const ask = async (port: number, tls: ClientTls = {}) =>
  observe(
    http({ scheme: 'https', path: '/', tls: { version: '1.3', ...tls } }),
    standIn(port, { limit: 4000 }, pki).context,
  )

test.each([
  ['no certificate', undefined, 116],
  ['another authority', { cn: 'x', issuer: 'other' }, 48],
  ['an expired certificate', { cn: 'x', notBefore: '-2h', notAfter: '-1h' }, 45],
] as const)('%s: the alert after the handshake is never lost', async (_name, as, number) => {
  const port = await serve(...demanding)
  for (let count = 0; count < 10; count++) {
    const seen = await ask(port, as ? { as } : {})
    expect(seen).toMatchObject({
      tls: { handshake: true, version: '1.3' },
      alert: { number, direction: 'received' },
      closed: { how: 'alert' },
    })
    expect(seen.http).toBeUndefined()
  }
  const call = grpc({ scheme: 'https', call: 'status', tls: { version: '1.3', ...(as ? { as } : {}) } })
  const seen = await observe(call, standIn(port, { limit: 4000 }, pki).context)
  expect(seen).toMatchObject({ grpc: { code: 'UNAVAILABLE' }, alert: { number }, closed: { how: 'alert' } })
})

/** Passes the client's answer to the first flight on after a while, and resets a client that already said more. */
async function hasty(port: number): Promise<number> {
  const proxy = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    let flight: Buffer | undefined
    const decide = () => {
      const answer = flight ?? Buffer.alloc(0)
      flight = undefined
      // Certificate and Finished; a third record is a request.
      if (applicationRecords(answer) > 2) client.resetAndDestroy()
      else upstream.write(answer)
    }
    client.on('error', () => undefined).on('close', () => upstream.destroy())
    client.on('data', (bytes: Buffer) => {
      if (flight === undefined) upstream.write(bytes)
      else flight = Buffer.concat([flight, bytes])
    })
    upstream.on('error', () => undefined).on('end', () => client.end())
    upstream.once('data', () => {
      flight = Buffer.alloc(0)
      setTimeout(decide, 200)
    })
    upstream.on('data', (bytes: Buffer) => client.write(bytes))
  })
  stop = () => proxy.close()
  return listening(proxy)
}

function applicationRecords(bytes: Buffer): number {
  let count = 0
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3))
    count += bytes[at] === 23 ? 1 : 0
  return count
}

test('a refusal that takes its time is waited for: a request would make it a reset', async () => {
  const seen = await ask(await hasty(await serve(...demanding)))
  expect(seen).toMatchObject({ alert: { number: 116 }, closed: { how: 'alert' } })
})

test('a good certificate is served by the same server', async () => {
  const port = await serve(...demanding)
  expect(await ask(port, { as: { cn: 'good' } })).toMatchObject({
    http: { status: 200 },
    tls: { verified: true },
  })
})

test('a ticket is seen where the server let the client in, and only there', async () => {
  const port = await serve(...demanding)
  expect((await ask(port, { as: { cn: 'good' } })).tls).toMatchObject({ ticket: true })
  expect((await ask(port)).tls).not.toHaveProperty('ticket')
})

test('a server without tickets is asked after the named limit', async () => {
  const port = await serve('-tls1_3', '-num_tickets', '0')
  const seen = await ask(port)
  expect(seen.http?.status).toBe(200)
  expect(seen.milliseconds).toBeGreaterThanOrEqual(settleLimit)
})

test('TLS 1.2: an alert within the handshake tells version and certificate', async () => {
  const port = await serve('-tls1_2', '-Verify', '2', '-verify_return_error')
  const seen = await ask(port, { version: '1.2' })
  expect(seen).toMatchObject({
    tls: { handshake: false, version: '1.2' },
    alert: { number: 40 },
    closed: { how: 'alert' },
  })
  expect(seen.tls).not.toHaveProperty('suite')
  expect(seen.tls?.server?.subject).toBe('CN=m1')
})
