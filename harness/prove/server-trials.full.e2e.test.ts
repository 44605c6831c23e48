import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { provingGround, type ProvingGround } from './ground.ts'
import { serverTrials, toldOfServer } from './testing/server-trials.ts'

/** Before Go 1.15, where a common name may stand for a host, and after. */
describe.each(['3.4.0', '3.6.16'])('etcdctl %s', (release) => {
  const runId = makeRunId()
  let on: ProvingGround

  beforeAll(async () => {
    const preparing = { runId, signal: new AbortController().signal, onProgress: () => undefined, dns: true }
    on = await provingGround(release, preparing)
  })
  afterAll(() => sweep({ run: runId }))

  test('what is said of 25 odd certificates of etcd’s own is what a client in Go does', async () => {
    const all = await serverTrials({ ...on, seed: 5, count: 25 })
    expect(all.filter(({ differs }) => differs).map(toldOfServer)).toEqual([])
    expect(all.filter(({ met }) => met.accepted).length).toBeGreaterThan(2)
    expect(all.filter(({ met }) => !met.accepted).length).toBeGreaterThan(2)
  })
})
