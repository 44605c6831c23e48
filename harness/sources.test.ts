import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sourcesOf } from './sources.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'etcd-tls-sources-'))
  await put('harness/judge/judge.ts', 'export const judge = 1')
  await put('fixtures/alerts.ts', 'export const alerts = 1')
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

test('the same sources have the same digest', async () => {
  expect(await sourcesOf(root)).toBe(await sourcesOf(root))
})

test.each([
  ['a changed source', 'harness/judge/judge.ts', 'export const judge = 2'],
  ['a changed table', 'fixtures/alerts.ts', 'export const alerts = 2'],
  ['a new scenario', 'suites/security/mine.scenario.ts', ''],
  ['what runs in containers', 'docker/dns/Corefile', '.'],
  ['a file that is no code', 'harness/probe/etcd.proto', 'syntax'],
])('%s has another', async (_, path, text) => {
  const before = await sourcesOf(root)
  await put(path, text)
  expect(await sourcesOf(root)).not.toBe(before)
})

test('a source that has another name has another', async () => {
  const before = await sourcesOf(root)
  await rm(join(root, 'fixtures/alerts.ts'))
  await put('fixtures/other.ts', 'export const alerts = 1')
  expect(await sourcesOf(root)).not.toBe(before)
})

test.each([
  ['a test', 'harness/judge/judge.test.ts'],
  ['what only tests use', 'harness/judge/testing/members.ts'],
  ['a report', 'reports/junit.ts'],
  ['the README', 'README.md'],
  ['results of a run', '.etcd-tls/run/results.json'],
])('%s does not count', async (_, path) => {
  const before = await sourcesOf(root)
  await put(path, 'something')
  expect(await sourcesOf(root)).toBe(before)
})

test('of a package its JavaScript counts, and of other folders what is asked for', async () => {
  const of = () => sourcesOf(root, ['harness', 'reports'])
  for (const path of ['harness/judge/judge.js', 'reports/junit.js']) {
    const before = await of()
    await put(path, 'export const judge = 2')
    expect(await of()).not.toBe(before)
  }
})
