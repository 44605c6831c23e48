import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'

const main = join(import.meta.dirname, 'main.ts')
const only = ['--only', 'security/host-whitelist/listed-name-is-served']
let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('tell')
})
afterAll(() => temporary[Symbol.asyncDispose]())
const cli = (...args: string[]) =>
  execa(process.execPath, [main, ...args], { cwd: temporary.path, reject: false })
const stored = async (run: string): Promise<unknown> =>
  JSON.parse(await readFile(join(temporary.path, run, 'results.json'), 'utf8'))

// Each in a folder of its own; the runs go on side by side.
test.concurrent(
  '--json: the results and nothing else on standard output, what people read on standard error',
  async () => {
    const { exitCode, stdout, stderr } = await cli('run', '--etcd', '3.6.16', ...only, '--json', '--out', 'a')
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toEqual(await stored('a'))
    expect(stderr).toMatch(/prepared in [^]*exit 0: /)
  },
)

test.concurrent('--quiet: nothing where all is as promised', async () => {
  const { exitCode, stdout, stderr } = await cli('run', '--etcd', '3.6.16', ...only, '--quiet', '--out', 'b')
  expect([exitCode, stdout, stderr]).toEqual([0, '', ''])
  const again = await cli('report', 'b', '--quiet', '--json')
  expect([again.exitCode, again.stderr]).toEqual([0, ''])
  expect(JSON.parse(again.stdout)).toEqual(await stored('b'))
})

test.concurrent('--quiet: what is not as promised, at the end', async () => {
  const claim = 'security/host-whitelist/unlisted-name-is-refused'
  const liar = ['--etcd', 'liar:whitelist-ignored', '--only', `${claim}:*`, '--out', 'c']
  const { exitCode, stdout } = await cli('run', ...liar, '--quiet', '--json')
  expect(exitCode).toBe(1)
  expect(JSON.parse(stdout)).toEqual(await stored('c'))
  const people = await cli('report', 'c', '--quiet')
  expect(people.exitCode).toBe(1)
  expect(people.stdout).toMatch(/^✘ fail {2}security\/host-whitelist/)
})
