import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { resultsJsonSchema } from './json-schema.ts'
import { Results } from './schema.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'

const published = readFileSync(join(import.meta.dirname, 'results-schema.json'), 'utf8')
const valid = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(published) as object)

test('the published schema is the one of schema.ts', () => {
  expect(JSON.parse(published), 'stale: run `node reports/write-schema.ts`').toEqual(
    JSON.parse(JSON.stringify(resultsJsonSchema())),
  )
})

test.each([sampleResults(), cleanResults(), sampleResults(['3.7.3'])])(
  'ajv and zod accept a sample',
  (sample) => {
    const data: unknown = JSON.parse(JSON.stringify(sample))
    expect(valid(data), JSON.stringify(valid.errors)).toBe(true)
    expect(Results.safeParse(data).success).toBe(true)
  },
)

type Json = Record<string, unknown>
const first = (data: Json, list: string): Json => (data[list] as Json[])[0] ?? {}

test.each<[string, (data: Json) => void]>([
  ['another format', (data) => (data['format'] = 'something/else')],
  ['another version', (data) => (data['formatVersion'] = 2)],
  ['no results', (data) => delete data['results']],
  ['no run', (data) => delete data['run']],
  ['results that are no list', (data) => (data['results'] = {})],
  ['a verdict nobody knows', (data) => (first(data, 'results')['verdict'] = 'passed')],
  ['a result without a promise', (data) => delete first(data, 'results')['promised']],
  ['a reason that is no list', (data) => (first(data, 'results')['why'] = 'because')],
  ['a duration in words', (data) => (first(data, 'results')['milliseconds'] = '12')],
  [
    'a declaration of a pass',
    (data) =>
      (first(data, 'results')['declared'] = {
        verdict: 'pass',
        builds: '*',
        why: '',
        evidence: '',
        stale: false,
      }),
  ],
  ['an observation without an address', (data) => delete (first(data, 'results')['probe'] as Json)['to']],
  [
    'a TLS version of tomorrow',
    (data) => (((first(data, 'results')['probe'] as Json)['tls'] as Json)['version'] = '1.4'),
  ],
  [
    'a verification that is false',
    (data) => (((first(data, 'results')['probe'] as Json)['tls'] as Json)['verified'] = false),
  ],
  ['a source nobody knows', (data) => (first(data, 'subjects')['source'] = 'somewhere')],
  [
    'an axis that is a number',
    (data) => ((first(first(data, 'claims'), 'cells')['at'] as Json)['tls'] = 1.3),
  ],
])('ajv and zod reject %s', (_, spoil) => {
  const data = JSON.parse(JSON.stringify(cleanResults())) as Json
  expect(valid(data)).toBe(true)
  spoil(data)
  expect(valid(data)).toBe(false)
  expect(Results.safeParse(data).success).toBe(false)
})

test('fields of a later edition are allowed by both', () => {
  const data = { ...(JSON.parse(JSON.stringify(cleanResults())) as Json), later: true }
  expect(valid(data)).toBe(true)
  expect(Results.safeParse(data).success).toBe(true)
})
