import { expect, test } from 'vitest'
import { liars } from '../fixtures/liars.ts'
import { missed, playLimit, playLiar } from './testing/play-liar.ts'

// Three that must never come out as a pass, at every commit; the others are in liars.full.e2e.test.ts. They mostly
// wait, so they run side by side.
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
