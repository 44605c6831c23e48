import { expect, test } from 'vitest'
import { sampleResult } from '../testing/sample-parts.ts'
import { cleanResults } from '../testing/sample-results.ts'
import type { CellResult } from '../schema.ts'
import { foldedText } from './folded.ts'

const of = (...results: CellResult[]) => foldedText({ ...cleanResults(), results }, { color: false })
const outside = (claim: string, why: string) =>
  sampleResult(claim, 's', { verdict: 'not-applicable', notApplicable: why })
const drift = (cell: string, declared: boolean) =>
  sampleResult(cell, 's', {
    verdict: 'drift',
    ...(declared && { declared: { verdict: 'drift', builds: '*', why: 'a', stale: false, evidence: 'a' } }),
  })

test('what does not apply is counted, with its reasons', () => {
  expect(of(outside('a/b/c', 'gone'), outside('a/b/d', 'gone'))).toBe(
    '– 2 cells do not apply, for 1 reason (in the report)',
  )
  expect(of(outside('a/b/c', 'gone'))).toMatch(/^– 1 cell does not apply, for 1 reason/)
})

test('declared drifts are counted with their claims; one that is not declared is told elsewhere', () => {
  const text = of(drift('a/b/c:x=1', true), drift('a/b/c:x=2', true), drift('a/b/d', false))
  expect(text).toMatch(/^≈\* 2 cells of 1 claim drift as declared: the promise is kept/)
})

test('nothing of the kind is no line', () => {
  expect(of(sampleResult('a/b/c', 's'))).toBe('')
})
