import { expect, test } from 'vitest'
import type { CellResult, Verdict } from './schema.ts'
import { countsOf, gapsOf, severityOf, signOf, standingOf, wordOf } from './verdicts.ts'
import { cleanResults } from './testing/sample-results.ts'

const result = (verdict: Verdict, declared?: 'fail' | 'drift', stale = false) =>
  ({
    verdict,
    ...(declared && {
      declared: { verdict: declared, builds: '*', why: 'because', evidence: 'alert 42', stale },
    }),
  }) satisfies Partial<CellResult>

test.each([
  ['pass', undefined, false, 'as-promised', 'pass', '✔'],
  ['fail', undefined, false, 'undeclared', 'fail', '✘'],
  ['drift', undefined, false, 'undeclared', 'drift', '≈'],
  ['fail', 'fail', false, 'as-declared', 'fail*', '✘*'],
  ['drift', 'drift', false, 'as-declared', 'drift*', '≈*'],
  ['fail', 'drift', false, 'undeclared', 'fail', '✘'],
  ['pass', 'fail', true, 'stale', 'pass!', '✔!'],
  ['fail', 'fail', true, 'stale', 'fail!', '✘!'],
  ['inconclusive', 'fail', true, 'inconclusive', 'inconclusive!', '?!'],
  ['inconclusive', 'fail', false, 'inconclusive', 'inconclusive', '?'],
  ['not-applicable', undefined, false, 'not-applicable', 'not applicable', '–'],
] as const)('%s declared as %s, stale %s: %s', (verdict, declared, stale, standing, word, sign) => {
  const one = result(verdict, declared, stale)
  expect(standingOf(one)).toBe(standing)
  expect(wordOf(one)).toBe(word)
  expect(signOf(one)).toBe(sign)
})

test('what breaks a build is worse than what was declared, and that worse than a pass', () => {
  const inOrder = [
    result('not-applicable'),
    result('pass'),
    result('drift', 'drift'),
    result('fail', 'fail'),
    result('inconclusive'),
    result('pass', 'fail', true),
    result('drift'),
    result('fail'),
  ]
  const severities = inOrder.map(severityOf)
  expect(severities).toEqual(severities.toSorted((a, b) => a - b))
  expect(new Set(severities).size).toBe(inOrder.length)
})

test('counts: declared and stale ones are among the verdicts', () => {
  expect(
    countsOf([result('pass'), result('fail', 'fail'), result('pass', 'fail', true), result('inconclusive')]),
  ).toEqual({
    pass: 2,
    drift: 0,
    fail: 1,
    inconclusive: 1,
    'not-applicable': 0,
    declared: 1,
    stale: 1,
    total: 4,
  })
})

test('every cell must have one result on every subject', () => {
  const results = cleanResults()
  expect(gapsOf(results)).toEqual([])
  const [first, second, ...rest] = results.results
  if (first === undefined || second === undefined) throw new Error('the sample is empty')
  const odd = { ...second, cell: 'security/nowhere/else' }
  expect(gapsOf({ ...results, results: [second, second, odd, ...rest] })).toEqual([
    { what: 'missing', cell: first.cell, subject: first.subject },
    { what: 'twice', cell: second.cell, subject: second.subject },
    { what: 'unknown', cell: odd.cell, subject: odd.subject },
  ])
})
