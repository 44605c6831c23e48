import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ReportError } from './failure.ts'
import { loadResults, parseResults } from './load.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'etcd-tls-load-'))))
afterAll(() => rm(folder, { recursive: true }))

test('what was written is read', async () => {
  const file = join(folder, 'results.json')
  const sample = cleanResults()
  await writeFile(file, JSON.stringify(sample))
  expect(await loadResults(file)).toEqual(sample)
})

function refusal(text: string): ReportError {
  try {
    parseResults(text, 'results.json')
  } catch (error) {
    if (error instanceof ReportError) return error
  }
  throw new Error('the text was not refused')
}

test.each([
  ['{', 'results-not-json', /^The results file results\.json is not JSON: .+\.$/],
  ['[]', 'results-format', /field format is missing/],
  ['null', 'results-format', /field format is missing/],
  ['{"format":"a\\u001bb"}', 'results-format', /field format is "a\\u001bb"/],
  [
    '{"format":"etcd-tls/results","formatVersion":7}',
    'results-version',
    /formatVersion 7; this etcd-tls reads version 1/,
  ],
  ['{"format":"etcd-tls/results","formatVersion":1}', 'results-invalid', /field tool: /],
])('%s is refused', (text, code, message) => {
  const error = refusal(text)
  expect(error.code).toBe(code)
  expect(error.exit).toBe(2)
  expect(error.message).toMatch(message)
  expect(error.message).not.toContain('\n')
})

test('the field is named by its path', () => {
  const sample = sampleResults()
  const [first, ...rest] = sample.results
  const bad = { ...sample, results: [{ ...first, verdict: 'passed' }, ...rest] }
  expect(refusal(JSON.stringify(bad)).message).toMatch(/field results\[0\]\.verdict: /)
})

test('a file that is not there', async () => {
  const file = join(folder, 'nothing.json')
  await expect(loadResults(file)).rejects.toMatchObject({
    code: 'results-unreadable',
    exit: 2,
    message: `The results file ${file} cannot be read: there is no such file.`,
  })
})
