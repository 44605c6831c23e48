import { expect, test } from 'vitest'
import type { CellResult } from '../schema.ts'
import { classify } from './classify.ts'

type Judged = Pick<CellResult, 'verdict' | 'declared' | 'notApplicable'>

const declared = (verdict: 'fail' | 'drift', stale = false) => ({
  verdict,
  builds: '*',
  why: 'because',
  evidence: 'alert 42',
  stale,
})
/** By the words of the reports. */
const of: Record<string, Judged | undefined> = {
  pass: { verdict: 'pass' },
  'pass!': { verdict: 'pass', declared: declared('fail', true) },
  drift: { verdict: 'drift' },
  'drift*': { verdict: 'drift', declared: declared('drift') },
  'drift!': { verdict: 'drift', declared: declared('fail', true) },
  fail: { verdict: 'fail' },
  'fail*': { verdict: 'fail', declared: declared('fail') },
  'fail!': { verdict: 'fail', declared: declared('fail', true) },
  '?': { verdict: 'inconclusive' },
  '–': { verdict: 'not-applicable', notApplicable: 'no such option' },
  none: undefined,
}
const classed = (before: string, now: string): string => {
  const { change, worse } = classify(of[before], of[now])
  return worse ? `${change}, worse` : change
}

test.each([
  // Both have a verdict, in both directions.
  ['pass', 'fail', 'regressed, worse'],
  ['fail', 'pass', 'mended'],
  ['pass', 'drift', 'newly-drifting, worse'],
  ['drift', 'pass', 'mended'],
  ['drift', 'fail', 'regressed, worse'],
  ['fail', 'drift', 'mended'],
  ['pass', 'fail*', 'regressed'],
  ['fail*', 'pass!', 'mended'],
  ['pass', 'drift*', 'newly-drifting'],
  ['drift*', 'pass', 'mended'],
  ['fail*', 'drift!', 'mended'],
  ['drift!', 'fail*', 'regressed'],
  // Only what was declared of it differs.
  ['fail*', 'fail', 'regressed, worse'],
  ['fail', 'fail*', 'unchanged'],
  ['fail*', 'fail!', 'regressed, worse'],
  ['fail!', 'fail*', 'unchanged'],
  ['drift*', 'drift', 'newly-drifting, worse'],
  ['drift', 'drift*', 'unchanged'],
  ['pass', 'pass!', 'unchanged'],
  ['pass!', 'pass', 'unchanged'],
  // The same on both sides excuses what is broken.
  ['pass', 'pass', 'unchanged'],
  ['fail', 'fail', 'unchanged'],
  ['fail!', 'fail', 'unchanged'],
  ['drift', 'drift', 'unchanged'],
  ['fail*', 'fail*', 'unchanged'],
  ['?', '?', 'unchanged'],
  ['–', '–', 'unchanged'],
  // Only one side has a verdict.
  ['none', 'pass', 'new'],
  ['pass', 'none', 'gone'],
  ['none', 'fail', 'new, worse'],
  ['fail', 'none', 'gone'],
  ['none', 'fail*', 'new'],
  ['none', 'drift', 'new, worse'],
  ['–', 'pass', 'new'],
  ['pass', '–', 'gone'],
  ['–', 'fail', 'new, worse'],
  ['fail', '–', 'gone'],
  ['?', 'pass', 'new'],
  ['pass', '?', 'gone'],
  ['?', 'fail', 'new, worse'],
  ['fail', '?', 'gone'],
  ['?', 'fail*', 'new'],
  // Neither has one.
  ['–', '?', 'new'],
  ['?', '–', 'gone'],
  ['none', '–', 'new'],
  ['–', 'none', 'gone'],
  ['none', '?', 'new'],
  ['?', 'none', 'gone'],
])('%s, then %s: %s', (before, now, expected) => {
  expect(classed(before, now)).toBe(expected)
})

test('every pair is classed, and nothing is worse that a run without baseline would let pass', () => {
  const fine = ['pass', 'pass!', 'drift*', 'fail*', '–', '?', 'none']
  for (const before of Object.keys(of))
    for (const now of fine) expect([before, now, classed(before, now)].join()).not.toContain('worse')
})

test('what is as bad in the baseline is never worse, what is bare and was better always is', () => {
  for (const now of ['drift', 'drift!', 'fail', 'fail!'])
    for (const before of ['pass', 'pass!', 'drift*', '–', '?', 'none'])
      expect([before, now, classed(before, now)].join()).toContain('worse')
})

test('a reason says which side has no verdict', () => {
  expect(classify(of['pass'], of['–']).why).toBe('it does not apply to this build: no such option')
  expect(classify(of['?'], of['pass']).why).toBe('the baseline came to no verdict')
  expect(classify(of['fail*'], of['pass!']).why).toContain('take its declaration out')
  expect(classify(of['fail*'], of['fail']).why).toBe('it is no longer as was declared')
})
