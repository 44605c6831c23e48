import { Readable } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { isSilent, pull } from './pull.ts'
import type { Surroundings } from './road.ts'

/** An engine whose pulls end as given. */
function engineThat(pulling: (options: { abortSignal: AbortSignal }) => Promise<NodeJS.ReadableStream>) {
  const spy = vi.fn((_: string, options: { abortSignal: AbortSignal }) => pulling(options))
  const surroundings = {
    engine: { container: { dockerode: { pull: spy } } },
    signal: new AbortController().signal,
  }
  return { spy, surroundings: surroundings as unknown as Surroundings }
}
const fails = (message: string) => () =>
  Promise.reject(Object.assign(new Error(message), { json: { message } }))

test('a registry that has the image', async () => {
  const { surroundings } = engineThat(() => Promise.resolve(Readable.from(['{"status":"done"}\n'])))
  expect(await pull('has.example/etcd:v1', surroundings)).toEqual({ result: 'pulled' })
})

test('a registry that answers and has no such tag is asked again for the next one', async () => {
  const { spy, surroundings } = engineThat(
    fails('manifest for absent.example/etcd:v1 not found: manifest unknown'),
  )
  expect(await pull('absent.example/etcd:v1', surroundings)).toMatchObject({ result: 'absent' })
  await pull('absent.example/etcd:v2', surroundings)
  expect(spy).toHaveBeenCalledTimes(2)
})

test('a registry that does not answer is asked once', async () => {
  const { spy, surroundings } = engineThat(
    fails('Get "https://s.example/v2/": dial tcp: lookup s.example: no such host'),
  )
  expect(isSilent('silent.example/etcd:v1')).toBe(false)
  for (const tag of ['v1', 'v2'])
    expect(await pull(`silent.example/etcd:${tag}`, surroundings)).toMatchObject({ result: 'silent' })
  expect(spy).toHaveBeenCalledTimes(1)
  expect(isSilent('silent.example/another:v3')).toBe(true)
})

test('an error in the middle of a pull is no pull', async () => {
  const stream = () =>
    Promise.resolve(Readable.from(['{"status":"Pulling"}\n', '{"error":"unexpected EOF"}\n']))
  const { surroundings } = engineThat(stream)
  expect(await pull('broken.example/etcd:v1', surroundings)).toEqual({
    result: 'silent',
    reason: 'unexpected EOF',
  })
})

test('a registry that hangs is left after its limit', async () => {
  vi.useFakeTimers()
  try {
    const { surroundings } = engineThat(
      ({ abortSignal }) =>
        new Promise((_, reject) => abortSignal.addEventListener('abort', () => reject(new Error('aborted')))),
    )
    const pulled = pull('hangs.example/etcd:v1', surroundings)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(await pulled).toEqual({ result: 'silent', reason: 'no answer for 10 s' })
  } finally {
    vi.useRealTimers()
  }
})
