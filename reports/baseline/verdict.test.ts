import { describe, expect, test } from 'vitest'
import { conclude } from '../conclusion.ts'
import type { CellResult, Results } from '../schema.ts'
import { cleanResults } from '../testing/sample-results.ts'
import { compare } from './compare.ts'

const [older, newer] = [cleanResults(['3.6.4']), cleanResults(['3.6.16'])]
/** A plain pass in both. */
const cell = 'security/https/verified-handshake:api=v3'
const but = (results: Results, change: Partial<CellResult>): Results => ({
  ...results,
  results: results.results.map((one) => (one.cell === cell ? { ...one, ...change } : one)),
})
const without = (results: Results): Results => ({
  ...results,
  claims: results.claims.map((claim) => ({ ...claim, cells: claim.cells.filter(({ id }) => id !== cell) })),
  results: results.results.filter((one) => one.cell !== cell),
})
const declared = { verdict: 'fail' as const, builds: '*', why: 'because', evidence: 'alert 42', stale: false }
const outcome = (now: Results, before: Results, strict = false) =>
  conclude(now, compare(now, { results: before, from: 'before.json' }, { strict }))

const fail = { verdict: 'fail' } as const
const known = { verdict: 'fail', declared } as const
const kept = { verdict: 'pass', declared: { ...declared, stale: true } } as const

describe('exit status', () => {
  test.each([
    ['nothing changed', {}, {}, 0, 0],
    ['a regression', {}, fail, 1, 1],
    ['a new drift', {}, { verdict: 'drift' } as const, 1, 1],
    ['a fail that was there before', fail, fail, 0, 1],
    ['a declared regression', {}, known, 0, 1],
    ['a known deviation that is the same', known, known, 0, 0],
    ['a fail that is no longer as declared', known, fail, 1, 1],
    ['a promise that is kept again', fail, {}, 0, 1],
    ['a promise that is kept, its declaration stale', known, kept, 0, 1],
    ['a stale declaration in both', kept, kept, 0, 1],
  ])('%s', (_, before, now, plain, strict) => {
    const [one, other] = [but(newer, now), but(older, before)]
    expect([outcome(one, other).exit, outcome(one, other, true).exit]).toEqual([plain, strict])
  })

  test('a cell that the baseline does not have counts as without baseline', () => {
    expect(outcome(newer, without(older)).exit).toBe(0)
    expect(outcome(newer, without(older), true).exit).toBe(0)
    expect(outcome(but(newer, fail), without(older))).toEqual({
      exit: 1,
      reasons: ['1 new and not as promised'],
    })
  })
  test('a cell that is gone counts only strictly', () => {
    expect(outcome(without(newer), older).exit).toBe(0)
    expect(outcome(without(newer), older, true)).toEqual({ exit: 1, reasons: ['1 gone since the baseline'] })
  })
  test('3 stays 3, and goes before 1', () => {
    const unsure = but(newer, { verdict: 'inconclusive' })
    for (const strict of [false, true]) {
      expect(outcome(unsure, older, strict).exit).toBe(3)
      expect(outcome(unsure, but(older, { verdict: 'inconclusive' }), strict).exit).toBe(3)
    }
    const both = { ...but(newer, fail), run: { ...newer.run, interrupted: 'SIGINT' } }
    expect(outcome(both, older)).toEqual({
      exit: 3,
      reasons: ['the run was interrupted: SIGINT', '1 regressed since the baseline'],
    })
  })
})

test('what the baseline excuses is not called as promised', () => {
  expect(outcome(but(newer, fail), but(older, fail)).reasons).toEqual([
    'nothing is worse than in the baseline, but 1 is not as promised or declared',
  ])
  expect(outcome(newer, older).reasons[0]).toMatch(/^everything is .* nothing is worse than in the baseline$/)
})
