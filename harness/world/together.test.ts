import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { LogBook } from './log-book.ts'
import { observeStart } from './observe-start.ts'
import { Together } from './together.ts'

const limit = 300
const nobody = { address: '127.0.0.1', port: 9, scheme: 'http' } as const
const running = (log = new LogBook()) => ({
  log,
  ended: new AbortController().signal,
  exited: new Promise<never>(() => undefined),
})
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('the time of each begins when the last of them was begun', async () => {
  await using listener = createServer((socket) => socket.resume().end('HTTP/1.1 200 OK\r\n\r\n'))
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve))
  const port = (listener.address() as { port: number }).port
  const together = new Together({ a: '10.0.0.2', c: '10.0.0.3' })
  const a = running()
  const start = observeStart('a', { ...nobody, port }, a, new Date(), { limit, together })
  await later(2 * limit)
  together.begun('c')
  await later(limit / 3)
  a.log
    .writer()
    .write(
      Buffer.from(
        '{"level":"info","msg":"serving client traffic insecurely; this is strongly discouraged!"}\n',
      ),
    )
  expect((await start).process).toMatchObject({ ready: true })
})

test('one that could not be started keeps nobody waiting', async () => {
  const together = new Together({ a: '10.0.0.2', c: '10.0.0.3' })
  const start = observeStart('a', nobody, running(), new Date(), { limit, together })
  together.begun('c')
  expect((await start).process).toMatchObject({ ready: false })
})
