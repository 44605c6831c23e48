import { expect, test } from 'vitest'
import { ended, ready } from '../judge/testing/seen.ts'
import { LogBook } from './log-book.ts'
import { endOf } from './unordered-end.ts'

/** A process whose container ended with a status, or went; undefined: it runs. */
function process(exited?: Promise<number>, start = ready, said: readonly string[] = []) {
  const log = new LogBook()
  for (const line of said) log.writer().write(Buffer.from(`${line}\n`))
  const signal = exited === undefined ? new AbortController().signal : AbortSignal.abort()
  const container = { ended: signal, exited: exited ?? new Promise<never>(() => undefined) }
  return { name: 'm1', start, log, container }
}

test('of a process that served is told with its status, and with why Go ended it', async () => {
  const panic = ['panic: nil', '', 'goroutine 1 [running]:', 'main.main()', 'main.go:1', 'exit status 2']
  const said = ['serving', ...panic]
  expect(await endOf(process(Promise.resolve(2), ready, said), false)).toEqual({
    member: 'm1',
    exit: 2,
    seen: false,
    log: panic.slice(0, 3),
  })
  const plain = await endOf(process(Promise.resolve(0), ready, ['a', 'b', 'c', 'd']), true)
  expect(plain).toMatchObject({ exit: 0, seen: true, log: ['b', 'c', 'd'] })
})

test('is none while it runs, where it never served, and where its container was lost', async () => {
  const lost = Promise.reject<number>(new Error('berth-lost'))
  lost.catch(() => undefined)
  for (const one of [process(), process(Promise.resolve(1), ended(1)), process(lost)])
    expect(await endOf(one, false)).toBeUndefined()
})
