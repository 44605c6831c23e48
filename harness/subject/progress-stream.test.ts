import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { followProgress } from './progress-stream.ts'

const { signal: never } = new AbortController()
const engine = (...lines: string[]): Readable =>
  Readable.from(
    lines.map((line) => `${line}\n`),
    { objectMode: false },
  )

test('ends with the stream', async () => {
  await followProgress(engine('{"status":"Pulling"}', 'no json', '{"status":"done"}'), never, { idle: 1000 })
})

test("the engine's error in the middle of the stream is an error", async () => {
  const stream = engine('{"status":"Pulling"}', '{"error":"manifest unknown"}', '{"status":"after"}')
  await expect(followProgress(stream, never, { idle: 1000 })).rejects.toThrow('manifest unknown')
})

test('silence ends at the limit, and the stream is let go', async () => {
  const stream = new PassThrough()
  await expect(followProgress(stream, never, { idle: 20 })).rejects.toThrow('no word for 0.02 s')
  expect(stream.destroyed).toBe(true)
})

test('a broken connection is an error', async () => {
  const stream = new PassThrough()
  const followed = followProgress(stream, never, { idle: 1000 })
  stream.destroy(new Error('socket hang up'))
  await expect(followed).rejects.toThrow('socket hang up')
})

test('the signal ends it with its own reason', async () => {
  const abort = new AbortController()
  const stream = new PassThrough()
  const followed = followProgress(stream, abort.signal, { idle: 1000 })
  abort.abort(new Error('interrupted'))
  await expect(followed).rejects.toThrow('interrupted')
  expect(stream.destroyed).toBe(true)
})
