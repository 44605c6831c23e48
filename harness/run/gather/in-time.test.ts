import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inTime } from './in-time.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())
const never = new Promise<never>(() => undefined)

test.each([
  ['http', 10],
  ['hello', 10],
  ['grpc', 10],
  ['curl', 10],
  ['etcdctl', 45],
] as const)('a %s probe that ignores its own limit is given up after %i s', async (kind, seconds) => {
  const probe = inTime({ kind }, 'the probe again', never)
  const told = expect(probe).rejects.toMatchObject({
    code: 'waited-too-long',
    message: `Waited ${String(seconds)} s for the probe again.`,
  })
  await vi.advanceTimersByTimeAsync(seconds * 1000 - 1)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  await told
})
