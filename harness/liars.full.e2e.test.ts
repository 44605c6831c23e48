import { expect, test } from 'vitest'
import { liars } from '../fixtures/liars.ts'
import { missed, playLimit, playLiar } from './testing/play-liar.ts'

const limit = { timeout: playLimit + 10_000 }

// The broken rule and nothing else makes claims fail: the same server with no rule broken keeps those. It is no member of
// clusters and has no v2 API; what speaks of these is asked of the bent etcds.
test('liar:honest is held to be an etcd', limit, async () => {
  const cells = Object.values(liars).flatMap(({ caughtBy }) => caughtBy.map((caught) => caught.cells))
  const { results } = await playLiar('liar:honest', [...new Set(cells)])
  const wrong = results.filter(
    ({ verdict, declared, cell }) =>
      verdict !== 'not-applicable' &&
      (declared === undefined ? verdict !== 'pass' : declared.stale) &&
      // It comes without an etcdctl of its own.
      !cell.endsWith(':client=etcdctl'),
  )
  expect(wrong.map(({ cell, verdict, why }) => ({ cell, verdict, why }))).toEqual([])
  expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(100)
})

test.each(Object.entries(liars))('liar:%s is caught', limit, async (name, { caughtBy }) => {
  const { exit, results } = await playLiar(
    `liar:${name}`,
    caughtBy.map(({ cells }) => cells),
  )
  expect(missed({ caughtBy }, results)).toEqual([])
  expect(exit).toBe(caughtBy.some(({ verdict }) => verdict === 'inconclusive') ? 3 : 1)
})
