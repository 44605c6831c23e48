import { describe, expect, test } from 'vitest'
import { coverageLines } from './console/coverage.ts'
import { coveragePart } from './coverage-markdown.ts'
import type { PageCoverage } from './coverage-schema.ts'
import { coverageOf, coverageText, mergedCoverage } from './coverage.ts'
import { html } from './html/index.ts'
import { resultsJsonSchema } from './json-schema.ts'
import { mergeResults } from './merge.ts'
import { cleanResults } from './testing/sample-results.ts'

type Promised = PageCoverage['promises'][number]
const promised = (ordinal: number, more: Partial<Promised> = {}): Promised => ({
  section: 'house/door',
  ordinal,
  print: `0000000${String(ordinal)}`,
  says: `promise ${String(ordinal)}`,
  claims: [],
  ...more,
})
const hostile = '<img src=x onerror=alert(1)> `code` \u001b[31m'
const house: PageCoverage = {
  page: 'house',
  title: 'The house',
  promises: [
    promised(1, { claims: ['house/door/locks'] }),
    promised(2, { uncoverable: 'it is about a door of 1910' }),
    promised(3, { gap: 'no claim yet' }),
    promised(4, { says: hostile }),
  ],
}
const clean = cleanResults()
const results = { ...clean, coverage: [house] }
const locks = (verdict: 'pass' | 'not-applicable') =>
  clean.results.slice(0, 1).map((result) => ({ ...result, claim: 'house/door/locks', verdict }))

describe('coverage', () => {
  test('counts what claims cite out of what they can cover, and names every exception', () => {
    expect(coverageOf(results)).toEqual([
      {
        page: 'house',
        title: 'The house',
        covered: 1,
        asked: 0,
        coverable: 3,
        uncoverable: [{ where: 'house/door 2', says: 'promise 2', why: 'it is about a door of 1910' }],
        open: [
          { where: 'house/door 3', says: 'promise 3', why: 'no claim yet' },
          { where: 'house/door 4', says: hostile, why: 'no claim of this run covers it' },
        ],
      },
    ])
  })

  test.each([
    [1, 'house 1 of 3 promises (1 more that nothing can test)', 'pass'],
    [0, 'house 1 of 3 promises, 0 of them asked here (1 more that nothing can test)', 'not-applicable'],
  ] as const)('tells %d asked where its cell is %s', (asked, words, verdict) => {
    const [one] = coverageOf({ ...results, results: locks(verdict) })
    expect(one).toMatchObject({ asked })
    expect(one && coverageText(one)).toBe(words)
  })

  test('is in every report, and nothing in it acts there', () => {
    expect(coverageLines(results, { color: false })).toBe(
      'Coverage\n  house 1 of 3 promises, 0 of them asked here (1 more that nothing can test)',
    )
    const table = coveragePart(results)
    expect(table).toContain('| The house (`house`) | 1 of 3 | 0 | 1 |')
    expect(table).toContain('`house/door 3` promise 3')
    expect(table).not.toMatch(/(?<!\\)</)
    const page = html(results)
    expect(page).toContain('Coverage: house 1 of 3 promises')
    expect(page).toContain('&lt;img src=x')
    expect(page).not.toContain('<img src=x')
  })

  test('results without it have no such part', () => {
    expect(coverageLines(cleanResults(), { color: false })).toBe('')
    expect(coveragePart(cleanResults())).toBe('')
  })

  test('of shards is that of the run: a promise has the claims of both', () => {
    const other = { ...house, promises: [promised(1, { claims: ['house/door/opens'] }), promised(5)] }
    const [merged] = mergedCoverage([[house], undefined, [other]]) ?? []
    expect(merged?.promises.map(({ ordinal, claims }) => [ordinal, claims])).toEqual([
      [1, ['house/door/locks', 'house/door/opens']],
      [2, []],
      [3, []],
      [4, []],
      [5, []],
    ])
    const parts = [results, { ...results, coverage: [other] }]
    expect(mergeResults(parts.map((one, n) => ({ results: one, from: String(n) }))).coverage).toEqual([
      merged,
    ])
  })

  test('is in the published schema', () => {
    expect(JSON.stringify(resultsJsonSchema())).toContain('"uncoverable"')
  })
})
