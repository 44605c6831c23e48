import { expect, test } from 'vitest'
import { compare } from './baseline/compare.ts'
import { conclude } from './conclusion.ts'
import { junit } from './junit.ts'
import type { CellResult, Results } from './schema.ts'
import { all, parseXml } from './testing/parse-xml.ts'
import { cleanResults } from './testing/sample-results.ts'

const cell = 'security/https/verified-handshake:api=v3'
const but = (results: Results, change: Partial<CellResult>): Results => ({
  ...results,
  results: results.results.map((one) => (one.cell === cell ? { ...one, ...change } : one)),
})
const [older, newer] = [cleanResults(['3.6.4']), cleanResults(['3.7.3'])]
const written = (now: Results, before?: Results, strict = false) => {
  const comparison =
    before === undefined ? undefined : compare(now, { results: before, from: 'before.json' }, { strict })
  const document = parseXml(junit(now, comparison))
  const one = all(document, 'testcase').find(({ attributes }) => attributes['name'] === cell)
  return { document, one, exit: conclude(now, comparison).exit }
}
const property = (of: ReturnType<typeof written>['one'], name: string) =>
  of && all(of, 'property').find(({ attributes }) => attributes['name'] === name)?.attributes['value']
const ids = (results: Results) =>
  all(written(results).document, 'testcase').map(({ attributes }) => [
    attributes['classname'],
    attributes['name'],
  ])

test('testcases of one build are called alike whatever its version, line and origin', () => {
  const official = {
    ...newer,
    subjects: newer.subjects.map((one) => ({ ...one, source: 'official' as const })),
  }
  expect(ids(newer)).toEqual(ids(older))
  expect(ids(official)).toEqual(ids(older))
  expect(JSON.stringify(ids(older))).not.toMatch(/3\.6|module|go1/)
  const suite = all(written(older).document, 'testsuite')[0]
  expect(suite && property(suite, 'subject')).toBe('3.6.4@module+go1.26.10')
})

test('several builds in one file are told apart by their lines, two of a line by their names', () => {
  expect(ids(cleanResults(['3.6.4', '3.5.35']))).toEqual(ids(cleanResults(['3.6.16', '3.5.34'])))
  const one = new Set(ids(cleanResults(['3.6.4', '3.6.16'])).map((id) => id.join('\n')))
  expect(one.size).toBe(older.results.length * 2)
})

test('a regression is a failure with both verdicts, and a property', () => {
  const { one, document, exit } = written(but(newer, { verdict: 'fail' }), older)
  expect(document.attributes).toMatchObject({ failures: '1', errors: '0' })
  expect(exit).toBe(1)
  const failure = one?.children.find(({ name }) => name === 'failure')
  expect(failure?.attributes['message']).toMatch(
    /^regressed since the baseline, pass → fail, the promise was kept/,
  )
  expect(property(one, 'since-baseline')).toBe('regressed')
  expect(property(one, 'baseline-verdict')).toBe('pass')
})

test('what the baseline excuses passes and says so, strictly it fails', () => {
  const [now, before] = [but(newer, { verdict: 'fail' }), but(older, { verdict: 'fail' })]
  const { one, document } = written(now, before)
  expect(document.attributes).toMatchObject({ failures: '0' })
  expect(one?.children.at(-1)?.text).toMatch(
    /^excused by the baseline: unchanged since the baseline, fail → fail/,
  )
  expect(written(now, before, true).document.attributes).toMatchObject({ failures: '1' })
})

test('strictly a promise that is kept again fails, and what is gone is named', () => {
  const before = but(older, { verdict: 'fail' })
  expect(written(newer, before).document.attributes).toMatchObject({ failures: '0' })
  expect(written(newer, before, true).document.attributes).toMatchObject({ failures: '1' })
  const fewer = { ...newer, claims: newer.claims.slice(1), results: newer.results.slice(1) }
  const { document } = written(
    { ...fewer, results: fewer.results.filter(({ claim }) => claim !== newer.claims[0]?.id) },
    older,
    true,
  )
  expect(all(document, 'testcase').at(-1)?.attributes).toMatchObject({
    name: 'nothing of the baseline is gone',
  })
})

test('an inconclusive cell is an error, whatever the baseline says', () => {
  const unsure = { verdict: 'inconclusive' } as const
  expect(written(but(newer, unsure), but(older, unsure)).document.attributes).toMatchObject({ errors: '1' })
  expect(written(but(newer, unsure), older, true).document.attributes).toMatchObject({
    errors: '1',
    failures: '0',
  })
})

test('a reused result names its run', () => {
  const { one } = written(but(newer, { reused: { run: 'earlier', started: '2026-11-22T00:00:00.000Z' } }))
  expect(property(one, 'reused-from-run')).toBe('earlier')
})
