import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { handleOf, type Container } from './container-handle.ts'

interface State {
  Running: boolean
  Pid: number
  StartedAt: string
}
const running: State = { Running: true, Pid: 7, StartedAt: '2026-11-22T15:00:00Z' }

/** A container whose engine the test plays. */
function fake(first: State = running) {
  const ended = Promise.withResolvers<{ StatusCode: number }>()
  const drained = Promise.withResolvers<undefined>()
  let state = first
  const container = {
    id: 'c0ffee',
    inspect: () => Promise.resolve({ Image: 'sha256:1', State: state }),
    wait: () => ended.promise,
  } as unknown as Container
  const become = (more: Partial<State>): void => void (state = { ...state, ...more })
  return { ended, drained, become, handle: handleOf(container, drained.promise) }
}

describe('the end of a process', () => {
  test('is told when its last words are in', async () => {
    const { ended, drained, handle } = fake()
    const { exited, ended: signal } = await handle
    ended.resolve({ StatusCode: 2 })
    await setImmediate()
    expect(signal.aborted).toBe(false)
    drained.resolve(undefined)
    expect(await exited).toBe(2)
    expect(signal.aborted).toBe(true)
  })
  test('that the engine cannot tell ends the wait for it', async () => {
    const { ended, handle } = fake()
    const { exited, ended: signal } = await handle
    ended.reject(new Error('socket hang up'))
    await expect(exited).rejects.toThrow('socket hang up')
    expect(signal.aborted).toBe(true)
  })
})

describe('a process is the same', () => {
  test('as long as pid and start are', async () => {
    const { handle, become } = fake()
    const { isSame, image } = await handle
    expect([await isSame(), image]).toEqual([true, 'sha256:1'])
    become({ Pid: 8 })
    expect(await isSame()).toBe(false)
    become({ Pid: 7, StartedAt: '2026-11-22T15:00:09Z' })
    expect(await isSame()).toBe(false)
  })
  test('never, where it had ended before it was asked for', async () => {
    const { handle } = fake({ ...running, Running: false, Pid: 0 })
    expect(await (await handle).isSame()).toBe(false)
  })
})
