import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { during, InterruptedError, statusOf, type Lifetime } from './lifetime.ts'

class Source extends EventEmitter {
  readonly exits: number[] = []
  exit(code: number): void {
    this.exits.push(code)
  }
}
const untilAborted = ({ signal }: Lifetime): Promise<void> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve()
    })
  })
const setUp = (): { source: Source; said: string[]; options: object } => {
  const source = new Source()
  const said: string[] = []
  return { source, said, options: { source, say: (text: string) => said.push(text) } }
}

describe('a lifetime', () => {
  test('cleans up last first and keeps the exit status of the work', async () => {
    const { source, options } = setUp()
    const order: string[] = []
    const code = await during((life) => {
      life.defer('one', () => Promise.resolve(order.push('one')))
      life.defer('two', () => Promise.resolve(order.push('two')))
      return Promise.resolve(1)
    }, options)
    expect([code, order]).toEqual([1, ['two', 'one']])
    expect([source.listenerCount('SIGINT'), source.listenerCount('newListener')]).toEqual([0, 0])
  })

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends cleanly on %s with status %i', async (signal, status) => {
    const { source, options } = setUp()
    let cleaned = false
    const ended = during(async (life) => {
      life.defer('thing', () => Promise.resolve((cleaned = true)))
      await untilAborted(life)
      expect(life.signal.reason).toBeInstanceOf(InterruptedError)
      throw new Error('a step that was cut short')
    }, options)
    source.emit(signal, signal)
    expect(await ended).toBe(status)
    expect(cleaned).toBe(true)
    expect(source.exits).toEqual([])
  })

  test('says so where what comes after the work changes its status', async () => {
    const { source, said, options } = setUp()
    const ended = during((life) => {
      life.defer('thing', () => Promise.resolve(source.emit('SIGTERM', 'SIGTERM')))
      return Promise.resolve(0)
    }, options)
    expect([await ended, said.at(-1)]).toEqual([143, 'The exit status is 143, not 0.'])
  })

  test('says nothing where the work told the status of the signal itself', async () => {
    const { source, said, options } = setUp()
    const ended = during(async (life) => {
      await untilAborted(life)
      return statusOf(life.signal) ?? 0
    }, options)
    source.emit('SIGINT', 'SIGINT')
    expect([await ended, said.length]).toEqual([130, 1])
  })

  test('lets no library that comes later answer a signal', async () => {
    const { source, options } = setUp()
    let answered = false
    const ended = during(async (life) => {
      source.once('SIGINT', () => (answered = true))
      source.on('unrelated', () => undefined)
      await Promise.resolve()
      source.emit('SIGINT', 'SIGINT')
      await Promise.resolve()
      return life.signal.aborted ? 0 : 1
    }, options)
    expect([await ended, answered, source.listenerCount('unrelated')]).toEqual([130, false, 1])
  })

  // `timeout` and npx hand on the Ctrl-C that the terminal gave to the whole group.
  test.each([
    [0, []],
    [999, []],
    [1000, [130]],
  ])('takes a second signal %i ms after the first for exits %j', async (later, exits) => {
    const { source, options } = setUp()
    let clock = 5000
    const ended = during(
      async (life) => {
        await untilAborted(life)
        clock += later
        source.emit('SIGINT', 'SIGINT')
        return 0
      },
      { ...options, now: () => clock },
    )
    source.emit('SIGINT', 'SIGINT')
    expect(await ended).toBe(130)
    expect(source.exits).toEqual(exits)
  })

  test('answers signals until the process is gone, once it was interrupted', async () => {
    const { source, options } = setUp()
    let clock = 5000
    const ended = during(
      async (life) => {
        await untilAborted(life)
        return 0
      },
      { ...options, now: () => clock },
    )
    source.emit('SIGINT', 'SIGINT')
    expect(await ended).toBe(130)
    // Without a listener the signal itself would end the process.
    expect(source.emit('SIGTERM', 'SIGTERM')).toBe(true)
    expect(source.exits).toEqual([])
    clock += 1000
    source.emit('SIGINT', 'SIGINT')
    source.emit('exit', 130)
    expect(source.exits).toEqual([130, 130])
  })

  test('does not wait for ever for interrupted work', async () => {
    const { source, said, options } = setUp()
    let cleaned = false
    const ended = during(
      (life) => {
        life.defer('thing', () => Promise.resolve((cleaned = true)))
        return new Promise<number>(() => undefined)
      },
      { ...options, limit: 5 },
    )
    source.emit('SIGTERM', 'SIGTERM')
    expect([await ended, cleaned]).toEqual([143, true])
    expect(said.at(-1)).toContain('did not end within 0.005 s')
  })

  test('passes an error of the work on, after the clean-up', async () => {
    let cleaned = false
    const ended = during((life) => {
      life.defer('thing', () => Promise.resolve((cleaned = true)))
      return Promise.reject(new Error('broken'))
    }, setUp().options)
    await expect(ended).rejects.toThrow('broken')
    expect(cleaned).toBe(true)
  })

  test('a clean-up that fails is told and makes status 3', async () => {
    const { said, options } = setUp()
    const code = await during((life) => {
      life.defer('network n1', () => Promise.reject(new Error('busy')))
      return Promise.resolve(1)
    }, options)
    const status = 'The exit status is 3, not 1.'
    expect([code, said]).toEqual([3, ['Cleaning up failed (network n1): busy', status]])
  })
})
