import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LogBook } from './log-book.ts'
import { observeStart } from './observe-start.ts'

const listener = createServer((socket) => socket.resume().end('HTTP/1.1 200 OK\r\n\r\n'))
beforeEach(() => new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve)))
afterEach(() => new Promise((resolve) => listener.close(resolve)))

/** What a member of 3.1 or of another release logs, a line at a time. */
function member() {
  const log = new LogBook()
  const writer = log.writer()
  const say = (message: string): boolean =>
    writer.write(Buffer.from(`2026-11-23 03:03:53.251518 I | etcdmain: ${message}\n`))
  const running = { log, ended: new AbortController().signal, exited: new Promise<never>(() => undefined) }
  const { port } = listener.address() as AddressInfo
  const at = { address: '127.0.0.1', port, scheme: 'http' } as const
  const start = observeStart('m1', at, running, new Date(), { limit: 5_000 })
  return { say, start }
}
const serving = 'serving insecure client requests on 127.0.0.1:2379, this is strongly discouraged!'
const still = async (start: Promise<unknown>): Promise<boolean> =>
  (await Promise.race([start, new Promise((resolve) => setTimeout(resolve, 200, 'still'))])) === 'still'

test('a member of 3.1 is ready when it serves and takes gRPC', async () => {
  const { say, start } = member()
  say('etcd Version: 3.1.0')
  say(serving)
  expect(await still(start)).toBe(true)
  say('enabled capabilities for version 3.1')
  expect((await start).process).toMatchObject({ ready: true })
})

test('a later one when it serves', async () => {
  const { say, start } = member()
  say('etcd Version: 3.2.0')
  say(serving)
  expect((await start).process).toMatchObject({ ready: true })
})
