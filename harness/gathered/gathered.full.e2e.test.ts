import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadResults } from '../../reports/index.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { expectJudgedAgain } from './testing/judged-again.ts'

const cli = join(import.meta.dirname, '../cli/main.ts')
let folder: TemporaryFolder
beforeAll(async () => {
  folder = await temporaryFolder('gathered')
})
afterAll(() => folder[Symbol.asyncDispose]())

// From before several steps: absent behaviour, unknown options, other formats of the log. Every cell of a line of today
// is judged again in harness/run/run.e2e.test.ts.
test('evidence of 3.2.4 is judged again from its file, and comes out as it did', async () => {
  const only = ['security/peer-*/**', 'security/host-whitelist/**', 'security/reload/**']
  const args = ['run', '--etcd', '3.2.4', '--out', folder.path, ...only.flatMap((id) => ['--only', id])]
  await execa(process.execPath, [cli, ...args], { reject: false })
  const results = await loadResults(join(folder.path, 'results.json'))
  expect(await expectJudgedAgain(folder.path, results)).toBeGreaterThan(30)
})
