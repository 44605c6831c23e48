import { expect, test } from 'vitest'
import { liars } from '../fixtures/liars.ts'
import { missed, playLimit, playLiar } from './testing/play-liar.ts'

const limit = { timeout: playLimit + 10_000 }

// The broken rule and nothing else makes claims fail: the same server with no rule broken keeps them all.
test('liar:honest is held to be an etcd', limit, async () => {
  const { results } = await playLiar('liar:honest', [])
  const wrong = results.filter(
    ({ verdict, declared, cell }) =>
      verdict !== 'not-applicable' &&
      (declared === undefined ? verdict !== 'pass' : declared.stale) &&
      // It comes without an etcdctl of its own.
      !cell.endsWith(':client=etcdctl'),
  )
  expect(wrong.map(({ cell, verdict, why }) => ({ cell, verdict, why }))).toEqual([])
  expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(150)
})

test.each(Object.entries(liars))('liar:%s is caught', limit, async (name, { caughtBy }) => {
  const { exit, results } = await playLiar(
    `liar:${name}`,
    caughtBy.map(({ cells }) => cells),
  )
  expect(missed({ caughtBy }, results)).toEqual([])
  expect(exit).toBe(caughtBy.some(({ verdict }) => verdict === 'inconclusive') ? 3 : 1)
})
