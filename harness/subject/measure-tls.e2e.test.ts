import { afterAll, expect, test } from 'vitest'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor } from '../engine/temporary.ts'
import { createNetwork } from '../world/network.ts'
import { measureTls } from './measure-tls.ts'
import { defaultSubject } from './parse.ts'
import { prepareSubject } from './prepare.ts'

const runId = makeRunId()
afterAll(() => sweep({ run: runId }))

test('a build of today picks TLS 1.2 and 1.3, and nothing older', async () => {
  actFor(runId)
  const signal = new AbortController().signal
  const network = await createNetwork(runId)
  const subject = await prepareSubject(defaultSubject(), {
    ...{ runId, signal, onProgress: () => undefined },
    measureTls: (described) => measureTls(described, { runId, network }),
  })
  expect(subject.tls).toEqual(['1.2', '1.3'])
})
