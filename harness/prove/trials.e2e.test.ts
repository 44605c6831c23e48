import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { provingGround, type ProvingGround } from './ground.ts'
import { defaultSubject } from '../subject/parse.ts'
import { optionSets, type OptionSet } from './testing/option-sets.ts'
import { told, trials, type Trial } from './testing/trials.ts'

const runId = makeRunId()
let on: ProvingGround

beforeAll(async () => {
  const preparing = { runId, signal: new AbortController().signal, onProgress: () => undefined, dns: true }
  on = await provingGround(defaultSubject(), preparing)
}, 180_000)
afterAll(() => sweep({ run: runId }))

const differing = (all: readonly Trial[]): string[] =>
  all.filter(({ differs }) => differs !== undefined).map(told)

/** A sample of `trials.full.e2e.test.ts`. */
test.each<OptionSet>([optionSets.clientHosts, optionSets.peer])(
  'what is said of 20 odd certificates is what etcd does ($name)',
  async (set) => {
    const all = await trials(set, { ...on, seed: 1, count: 20 })
    expect(differing(all)).toEqual([])
    expect(all.filter(({ met }) => met.accepted).length).toBeGreaterThan(3)
    expect(all.filter(({ met }) => !met.accepted).length).toBeGreaterThan(3)
    expect(all.filter(({ said }) => said.verdict === 'cannot tell')).toEqual([])
  },
)

test('every way to sign and every oddity alone', async () => {
  const all = await trials(optionSets.client, { ...on, seed: 1, count: 'each' })
  expect(differing(all)).toEqual([])
  expect(all.length).toBeGreaterThan(150)
})

test('a disagreement is told: what was said of another set of options', async () => {
  const all = await trials(
    { ...optionSets.clientHosts, said: optionSets.clientOpen.options },
    { ...on, seed: 1, count: 12 },
  )
  expect(differing(all).join('\n')).toMatch(/^said accepted, seen refused/m)
})
