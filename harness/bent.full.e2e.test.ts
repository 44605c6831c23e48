import { expect, test } from 'vitest'
import { bends, bentRelease } from '../fixtures/bent.ts'
import { missed, playLimit, playLiar } from './testing/play-liar.ts'

const all = Object.entries(bends).map(([name, bend]) => ({ name, etcd: bentRelease, ...bend }))
const cellsOf = (some: typeof all) => some.flatMap(({ caughtBy }) => caughtBy.map(({ cells }) => cells))

// What is bent and nothing else makes the claims fail: the build of the same sources keeps them.
test.each([...Map.groupBy(all, ({ etcd }) => etcd)])(
  'the untouched %s passes what the bent ones must not',
  { timeout: 3 * playLimit },
  async (etcd, some) => {
    const { exit, results } = await playLiar(`module:${etcd}`, [...new Set(cellsOf(some))], 2 * playLimit)
    const wrong = results.filter(
      ({ verdict, declared }) =>
        verdict !== 'not-applicable' && (declared === undefined ? verdict !== 'pass' : declared.stale),
    )
    expect(wrong.map(({ cell, verdict, why }) => ({ cell, verdict, why }))).toEqual([])
    expect(exit).toBe(0)
  },
)

test.each(all)('bent:$name is caught', { timeout: playLimit + 10_000 }, async ({ name, caughtBy }) => {
  const { exit, results } = await playLiar(
    `bent:${name}`,
    caughtBy.map(({ cells }) => cells),
  )
  expect(missed({ caughtBy }, results)).toEqual([])
  expect(exit).toBe(caughtBy.some(({ verdict }) => verdict === 'inconclusive') ? 3 : 1)
})
