import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Results } from '../../reports/schema.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { kinds } from './starter.ts'

const main = join(import.meta.dirname, 'main.ts')
let temporary: TemporaryFolder
beforeAll(async () => {
  temporary = await temporaryFolder('starters')
})
afterAll(() => temporary[Symbol.asyncDispose]())
const cli = (...args: string[]) =>
  execa(process.execPath, [main, ...args], { cwd: temporary.path, reject: false })

test('every starter keeps its promises on a real etcd, as TypeScript and as JavaScript', async () => {
  const names = Object.keys(kinds)
  const files = [...names.map((kind) => `${kind}.scenario.ts`), 'a [b].scenario.js']
  for (const [n, file] of files.entries()) {
    const { exitCode, stdout } = await cli('new', file, '--kind', names[n] ?? 'serve')
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`${file} is written`)])
  }
  const { exitCode, stderr } = await cli('run', ...files, '--etcd', '3.6.16', '--out', 'out')
  expect([exitCode, stderr]).toEqual([0, ''])
  const results = JSON.parse(await readFile(join(temporary.path, 'out/results.json'), 'utf8')) as Results
  expect(results.sections.map(({ id }) => id).toSorted()).toEqual([
    'mine/a-b-',
    ...names.map((name) => `mine/${name}`).toSorted(),
  ])
  expect(results.results.map(({ verdict }) => verdict)).toEqual(results.results.map(() => 'pass'))
})

test('a file that is there is left as it is', async () => {
  expect((await cli('new')).exitCode).toBe(0)
  const path = join(temporary.path, 'my.scenario.ts')
  const before = await readFile(path, 'utf8')
  const { exitCode, stderr } = await cli('new', '--kind', 'serve')
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('my.scenario.ts is there already')])
  expect(await readFile(path, 'utf8')).toBe(before)
  expect(await readdir(temporary.path)).toContain('my.scenario.ts')
})
