import { expect, test } from 'vitest'
import { demandSound } from './soundness.ts'

function process(exit?: number | Error) {
  const exited = exit instanceof Error ? Promise.reject(exit) : Promise.resolve(exit ?? 0)
  exited.catch(() => undefined)
  return { ended: exit === undefined ? new AbortController().signal : AbortSignal.abort(), exited }
}
const whole = { overflowed: false }

test.each([
  ['runs', process()],
  ['ended by itself', process(2)],
  ['lost its place', process(new Error('berth-lost'))],
])('a process that %s is sound', async (_, container) => {
  await expect(demandSound({ name: 'm1', container, log: whole })).resolves.toBeUndefined()
})

test.each([
  ['was killed', process(137), whole, 'killed-from-outside'],
  ['logged too much', process(), { overflowed: true }, 'log-too-long'],
])('one that %s is not', async (_, container, log, code) => {
  await expect(demandSound({ name: 'm1', container, log })).rejects.toMatchObject({ code, exit: 3 })
})
