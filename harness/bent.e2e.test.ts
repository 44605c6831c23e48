import { expect, test } from 'vitest'
import { bends } from '../fixtures/bent.ts'
import { newestStable } from '../fixtures/releases.ts'
import { missed, playLimit, playLiar } from './testing/play-liar.ts'

// One at every commit, of the release that the other tests build anyway; the others are in bent.full.e2e.test.ts.
const name = 'whitelist-by-suffix'

test(`bent:${name} is caught`, { timeout: playLimit + 10_000 }, async () => {
  const caughtBy = bends[name]?.caughtBy ?? []
  const { exit, results } = await playLiar(
    `bent:${name}@${newestStable().version}`,
    caughtBy.map(({ cells }) => cells),
  )
  expect(missed({ caughtBy }, results)).toEqual([])
  expect(exit).toBe(1)
})
