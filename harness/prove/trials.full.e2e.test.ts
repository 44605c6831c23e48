import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { provingGround, type ProvingGround } from './ground.ts'
import { optionSets, type OptionSet } from './testing/option-sets.ts'
import { told, trials } from './testing/trials.ts'
import { knowsOptions } from './testing/knows-options.ts'

/** Both sides of what Go changed: 1.12, 1.16, 1.19, 1.23 and 1.26; and of what etcd changed. */
const releases = ['3.4.0', '3.5.0', '3.5.8', '3.6.0', '3.6.16', '3.7.3']
const sets: readonly OptionSet[] = Object.values(optionSets)
const count = 20

describe.each(releases)('etcd %s', (release) => {
  const runId = makeRunId()
  let on: ProvingGround

  beforeAll(async () => {
    const preparing = { runId, signal: new AbortController().signal, onProgress: () => undefined, dns: true }
    on = await provingGround(release, preparing)
  })
  afterAll(() => sweep({ run: runId }))

  test.each<OptionSet>([optionSets.client, optionSets.clientHosts, optionSets.peerForward])(
    'every way to sign and every oddity alone ($name)',
    async (set) => {
      if (!knowsOptions(set, release)) throw new Error('choose sets that all of the releases know')
      const all = await trials(set, { ...on, seed: 1, count: 'each' })
      expect(all.filter(({ differs }) => differs !== undefined).map(told)).toEqual([])
      expect(all.length).toBeGreaterThan(150)
    },
  )

  test.each(sets.filter((set) => knowsOptions(set, release)))(
    `what is said of ${String(count)} odd certificates is what etcd does ($name)`,
    async (set) => {
      const all = await trials(set, { ...on, seed: 2026, count })
      expect(all.filter(({ differs }) => differs !== undefined).map(told)).toEqual([])
      expect(all).toHaveLength(count)
      expect(all.filter(({ said }) => said.verdict === 'cannot tell').length).toBeLessThan(count / 4)
    },
  )
})

test('more than 200 are tried on the newest release alone', () => {
  expect(sets.filter((set) => knowsOptions(set, '3.6.16')).length * count).toBeGreaterThan(200)
})
