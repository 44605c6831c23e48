import { expect, test } from 'vitest'
import { bends } from '../fixtures/bent.ts'
import { liars } from '../fixtures/liars.ts'
import { newestStable } from '../fixtures/releases.ts'
import { missed, playLimit, playLiar } from './testing/play-liar.ts'

// Few at every commit, the others are in liars.full.e2e.test.ts and bent.full.e2e.test.ts. They mostly wait, so they run
// side by side: three liars that must never come out as a pass, and one bent etcd, of a release that is built anyway.
test.concurrent.each([
  ['refuses-everything', 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3'],
  ['hangs', 'security/client-certificates/without-one-is-rejected:request=v3,tls=1.3'],
  ['other-reason', 'security/host-whitelist/unlisted-name-is-refused:endpoint=version,port=with'],
])('liar:%s does not pass %s', { timeout: playLimit + 10_000 }, async (name, cell) => {
  const { exit, results } = await playLiar(`liar:${name}`, [cell])
  expect(results.map(({ verdict }) => verdict)).toEqual(['inconclusive'])
  expect(
    missed({ caughtBy: liars[name]?.caughtBy ?? [] }, results).filter((line) => line.startsWith(cell)),
  ).toEqual([])
  expect(exit).toBe(3)
})

const bent = 'whitelist-by-suffix'

test.concurrent(`bent:${bent} is caught`, { timeout: playLimit + 10_000 }, async () => {
  const caughtBy = bends[bent]?.caughtBy ?? []
  const cells = caughtBy.map((one) => one.cells)
  const { exit, results } = await playLiar(`bent:${bent}@${newestStable().version}`, cells)
  expect(missed({ caughtBy }, results)).toEqual([])
  expect(exit).toBe(1)
})
