import { createServer as tcp, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { http as spec } from '../scenario/probe.ts'
import { observe } from './observe.ts'
import { answering, HttpStandIn, listening, standIn, testPki } from './testing/stand-in.ts'

const pki = testPki()
const ground = new HttpStandIn(pki)
afterEach(() => ground.close())

test('hostile servers end within the limit, each with its own word', async () => {
  const act = (act: (socket: Socket) => void, probe: Parameters<typeof ground.ask>[1] = {}) =>
    ground.ask(answering(act), probe)
  const hung = await act(() => undefined)
  expect(hung).toMatchObject({ answered: false, closed: { how: 'limit' }, error: { code: 'LIMIT' } })
  expect(hung.milliseconds).toBeLessThan(ground.limit + 300)
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
  const headers = await ground.ask(endless('HTTP/1.1 200 OK\r\n', 'x-more: and more\r\n'))
  expect(headers).toMatchObject({ answered: true, error: { code: 'UND_ERR_HEADERS_OVERFLOW' } })
  expect(headers.http).toBeUndefined()
  const body = await ground.ask(endless('HTTP/1.1 200 OK\r\n\r\n', 'more '))
  expect(body).toMatchObject({ http: { status: 200 }, closed: { how: 'ours' } })
  expect(body.http?.body).toHaveLength(4096)
})

test('a body that breaks off is kept as far as it came', async () => {
  const seen = await ground.ask(
    answering((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf')),
  )
  expect(seen).toMatchObject({ http: { status: 200, body: 'half' }, closed: { how: 'end' } })
})

test('a port that nobody listens on', async () => {
  const closed = tcp()
  const port = await listening(closed)
  closed.close()
  const seen = await observe(spec({ scheme: 'https', path: '/' }), standIn(port, {}, pki).context)
  expect(seen).toMatchObject({
    connected: false,
    answered: false,
    closed: { how: 'refused' },
    error: { code: 'ECONNREFUSED' },
  })
  expect(seen).not.toHaveProperty('tls')
})

test('an unknown member is an error of the harness', async () => {
  const probe = spec({ scheme: 'http', path: '/', to: 'm9' })
  await expect(async () => observe(probe, standIn(1, {}, pki).context)).rejects.toMatchObject({
    code: 'unknown-member',
  })
})

test('a server that expected TLS answers with an alert', async () => {
  const seen = await ground.ask(
    answering((socket) => socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 10]))),
    {},
  )
  expect(seen).toMatchObject({
    answered: true,
    alert: { number: 10, direction: 'received' },
    closed: { how: 'alert' },
  })
})
