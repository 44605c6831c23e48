import { expect, test } from 'vitest'
import { Ongoing } from './ongoing.ts'

test('what was begun is waited for, and nothing begins any more', async () => {
  const ongoing = new Ongoing()
  const [one, two] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
  const answers = [ongoing.run(() => one.promise), ongoing.run(() => two.promise)]
  let closed = false
  const close = ongoing.close().then(() => (closed = true))
  await expect(ongoing.run(() => Promise.resolve('late'))).rejects.toMatchObject({ code: 'world-over' })
  one.resolve('done')
  expect(await answers[0]).toBe('done')
  expect(closed).toBe(false)
  two.reject(new Error('failed'))
  await expect(answers[1]).rejects.toThrow('failed')
  await close
  expect(closed).toBe(true)
})
