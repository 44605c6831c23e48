import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
const version = (home: string, ...args: string[]) =>
  execa(process.execPath, [main, ...args, '--help'], {
    env: { XDG_STATE_HOME: home, NODE_COMPILE_CACHE: '' },
  })

test('what Node compiles is kept in the folder for what outlives a run, by all but what cleans it', async () => {
  await using home = await temporaryFolder('compiled')
  const compiled = join(home.path, 'etcd-tls/compiled')
  await version(home.path, 'clean')
  expect(existsSync(compiled)).toBe(false)
  await version(home.path, 'run')
  const [edition = ''] = await readdir(compiled)
  expect((await readdir(join(compiled, edition))).length).toBeGreaterThan(50)
})

test.each(['/dev/null', '/proc'])(
  'where there is no folder for it (%s), commands do without',
  async (home) => {
    const { exitCode, stdout, stderr } = await version(home, 'run')
    expect([exitCode, stdout.includes('--etcd'), stderr]).toEqual([0, true, ''])
  },
)
