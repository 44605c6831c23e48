import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { lifeOf } from '../engine/run-id.ts'

test('what a test leaves lies in the folder of a run that is alive as long as the tests are', () => {
  const [, run = ''] = /^etcd-tls-(.*)-tests-/.exec(basename(tmpdir())) ?? []
  expect(lifeOf(run)).toBe('alive')
})
