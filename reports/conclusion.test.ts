import { expect, test } from 'vitest'
import { conclude, exitCode } from './conclusion.ts'
import type { CellResult, Results } from './schema.ts'
import { cleanResults } from './testing/sample-results.ts'

const clean = cleanResults()
const withFirst = (change: Partial<CellResult>): Results => ({
  ...clean,
  results: clean.results.map((result, index) => (index === 0 ? { ...result, ...change } : result)),
})
const declared = (stale: boolean, verdict: 'fail' | 'drift' = 'fail') =>
  ({ verdict, builds: '*', why: 'because', evidence: 'alert 42', stale }) satisfies CellResult['declared']

test('0: as promised or as declared', () => {
  expect(conclude(clean)).toEqual({
    exit: 0,
    reasons: ['everything is as promised or as declared (4 known deviations)'],
  })
  expect(exitCode(withFirst({ verdict: 'fail', declared: declared(false) }))).toBe(0)
  expect(exitCode(withFirst({ verdict: 'not-applicable', checks: [] }))).toBe(0)
})

test.each([
  ['an undeclared fail', { verdict: 'fail' }],
  ['an undeclared drift', { verdict: 'drift' }],
  ['a fail that was declared as a drift', { verdict: 'fail', declared: declared(false, 'drift') }],
  ['a stale declaration, the promise kept', { verdict: 'pass', declared: declared(true) }],
  ['a stale declaration, still failing', { verdict: 'fail', declared: declared(true) }],
] as const)('1: %s', (_, change) => {
  expect(exitCode(withFirst(change))).toBe(1)
})

test('3: inconclusive, declared or not', () => {
  expect(exitCode(withFirst({ verdict: 'inconclusive' }))).toBe(3)
  expect(exitCode(withFirst({ verdict: 'inconclusive', declared: declared(false) }))).toBe(3)
})

test('3: a cell without a result, one with two, an unknown one, none at all, an interrupted run', () => {
  const [first] = clean.results
  if (first === undefined) throw new Error('the sample is empty')
  expect(conclude({ ...clean, results: clean.results.slice(1) })).toEqual({
    exit: 3,
    reasons: ['1 cell has no result'],
  })
  expect(exitCode({ ...clean, results: [...clean.results, first] })).toBe(3)
  expect(exitCode({ ...clean, results: [...clean.results, { ...first, cell: 'security/no/where' }] })).toBe(3)
  expect(exitCode({ ...clean, claims: [], results: [] })).toBe(3)
  expect(exitCode({ ...clean, run: { ...clean.run, interrupted: 'SIGINT' } })).toBe(3)
})

const check = (question: CellResult['checks'][number]['question'], met: boolean) => ({
  question,
  expected: 'this',
  seen: 'that',
  met,
})
test.each([
  ['a pass without a check', { verdict: 'pass', checks: [] }],
  ['a pass with a check that is not met', { verdict: 'pass', checks: [check('control', false)] }],
  ['a drift with a proof that is missing', { verdict: 'drift', checks: [check('because', false)] }],
  ['a cell that was asked and does not apply', { verdict: 'not-applicable', checks: [check('then', false)] }],
] satisfies [string, Partial<CellResult>][])('3: %s: a verdict that its checks do not bear', (_, change) => {
  expect(conclude(withFirst({ ...change, declared: undefined }))).toMatchObject({
    exit: 3,
    reasons: expect.arrayContaining(['1 verdict does not follow from its checks']) as unknown,
  })
})

test('a drift whose proofs are all there follows from its checks', () => {
  const checks = [check('then', true), check('printed', false)]
  expect(exitCode(withFirst({ verdict: 'drift', declared: declared(false, 'drift'), checks }))).toBe(0)
})

test('3: a run in which no cell applies has shown nothing', () => {
  const none = clean.results.map((result) => ({
    ...result,
    verdict: 'not-applicable' as const,
    declared: undefined,
    checks: [],
  }))
  expect(conclude({ ...clean, results: none })).toEqual({ exit: 3, reasons: ['no cell applies'] })
})

test('3 comes before 1, and both reasons are told', () => {
  const both = withFirst({ verdict: 'fail' })
  const { exit, reasons } = conclude({ ...both, results: both.results.slice(0, -1) })
  expect(exit).toBe(3)
  expect(reasons).toEqual(['1 cell has no result', '1 undeclared fail or drift'])
})
