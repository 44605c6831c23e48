import { setTimeout } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { within } from './within.ts'

const never = new Promise<string>(() => undefined)

test('gives what comes in time, also an error', async () => {
  await expect(within(1000, 'the answer', Promise.resolve('here'))).resolves.toBe('here')
  await expect(within(1000, 'the answer', Promise.reject(new Error('no')))).rejects.toThrow('no')
})

test('names what did not come, and the limit', async () => {
  const waited = within(20, 'the answer', never)
  await expect(waited).rejects.toMatchObject({
    code: 'waited-too-long',
    message: 'Waited 0.02 s for the answer.',
  })
})

test('an error that comes too late is nobody’s', async () => {
  const late = setTimeout(30).then(() => Promise.reject(new Error('late')))
  await expect(within(10, 'the answer', late)).rejects.toThrow('the answer')
  // An unhandled rejection would fail this file.
  await setTimeout(50)
})

test('leaves no timer behind', async () => {
  vi.useFakeTimers()
  try {
    await within(60_000, 'the answer', Promise.resolve())
    expect(vi.getTimerCount()).toBe(0)
  } finally {
    vi.useRealTimers()
  }
})

test('asks for the name at the end of the time', async () => {
  let step = 'the first'
  const waited = within(20, () => step, never, 'cell-limit')
  step = 'the second'
  await expect(waited).rejects.toMatchObject({ code: 'cell-limit', message: 'Waited 0.02 s for the second.' })
})
