import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadResults } from './load.ts'
import { sampleResults } from './testing/sample-results.ts'
import { writeReports } from './write-reports.ts'

let folder = ''
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-reports-'))))
afterEach(() => rm(folder, { recursive: true }))

test('all reports of a run, and from the stored results the same again', async () => {
  const sample = sampleResults()
  const written = await writeReports(sample, join(folder, 'one'))
  expect(written.map((path) => basename(path))).toEqual([
    'results.json',
    'junit.xml',
    'report.md',
    'summary.md',
    'report.html',
    'badge.json',
    'badge.svg',
    'allure-results',
  ])
  expect((await readdir(join(folder, 'one'))).toSorted()).toEqual(
    written.map((path) => basename(path)).toSorted(),
  )
  const again = await writeReports(
    await loadResults(join(folder, 'one', 'results.json')),
    join(folder, 'two'),
  )
  for (const [index, path] of written.slice(0, 5).entries()) {
    expect(await readFile(again[index] ?? '', 'utf8')).toBe(await readFile(path, 'utf8'))
  }
  expect((await readdir(join(folder, 'two', 'allure-results'))).toSorted()).toEqual(
    (await readdir(join(folder, 'one', 'allure-results'))).toSorted(),
  )
})

test('results.json is immutable', async () => {
  await writeFile(join(folder, 'results.json'), 'the first')
  await writeReports(sampleResults(), folder)
  expect(await readFile(join(folder, 'results.json'), 'utf8')).toBe('the first')
})

test('a live run has written its allure-results already', async () => {
  await writeReports(sampleResults(), folder, { allure: false })
  expect(await readdir(folder)).not.toContain('allure-results')
})
