import { marked } from 'marked'
import { describe, expect, test } from 'vitest'
import { compare } from './baseline/compare.ts'
import type { CellResult, Results } from './schema.ts'
import { summary } from './summary.ts'
import { hostile } from './testing/sample-parts.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'

const [older, newer] = [cleanResults(['3.6.4']), cleanResults(['3.6.16'])]
const all = (results: Results, change: Partial<CellResult>): Results => ({
  ...results,
  results: results.results.map((one) => ({ ...one, ...change })),
})
const against = (now: Results, before: Results, bytes?: number) =>
  summary(now, compare(now, { results: before, from: 'before.json' }), bytes)

test('without a baseline: what is not as promised, the worst first, and what has no verdict', () => {
  const text = summary(sampleResults(['3.6.16']))
  expect(text).toMatch(
    /^## \? etcd-tls on `3\.6\.16@module\+go1\.26\.10`\n\n\*\*Exit 3\*\*: 1 inconclusive · /,
  )
  expect(text).toContain(
    '### Not as promised (3)\n\n- fail `security/host-whitelist/unlisted-name-is-refused`',
  )
  expect(text).toContain('### Inconclusive (1)')
})

test('with one: a row of counts, and the regressions first', () => {
  const broken: Results = {
    ...newer,
    results: newer.results.map((one, n) =>
      n === 1 ? { ...one, verdict: 'fail', seen: 'served @all' } : one,
    ),
  }
  const text = against(broken, older)
  expect(text).toMatch(/^## ✘ etcd-tls on /)
  expect(text).toContain('| `3.6.16@module+go1.26.10` | `3.6.4@module+go1.26.10` | 1 | 0 | 0 | 0 | 0 | 25 |')
  expect(text).toContain(`### Regressed (1)\n\n- **✘** \`${newer.results[1]?.cell ?? ''}\`: pass → fail`)
  expect(text).toContain('seen: `served @all`')
  expect(text).not.toContain('as in the baseline')
  expect(against(broken, broken)).toContain('### Not as promised, as in the baseline (1)')
})

test('nothing to tell is short', () => {
  expect(summary(newer)).not.toContain('###')
  expect(against(newer, older).length).toBeLessThan(1200)
})

test('what was reused is said', () => {
  const reused = all(newer, { reused: { run: 'earlier', started: '2026-11-22T00:00:00.000Z' } })
  expect(summary(reused)).toContain('- 26 of 26 results were not played again: reused from run earlier')
})

describe('length', () => {
  /** Ten thousand cells, everything worse, each with much to say. */
  const many = (verdict: 'pass' | 'fail'): Results => {
    const [first] = newer.results
    const [claim] = newer.claims
    if (first === undefined || claim === undefined) throw new Error('the sample is empty')
    const ids = Array.from({ length: 10_000 }, (_, n) => `${claim.id}:n=${String(n)}`)
    return {
      ...newer,
      claims: [{ ...claim, cells: ids.map((id) => ({ id, at: {} })) }],
      results: ids.map((cell) => ({ ...first, cell, claim: claim.id, verdict, seen: '≈😀'.repeat(500) })),
    }
  }
  test.each([
    ['of a run', summary(many('fail'))],
    ['beside a baseline', against(many('fail'), many('pass'))],
    ['of what was so before', against(many('fail'), many('fail'))],
  ])('%s stays within what a comment takes, and what is cut is counted', (_, text) => {
    expect(Buffer.byteLength(text)).toBeLessThan(60_000)
    expect(Buffer.byteLength(text)).toBeGreaterThan(40_000)
    const told = text.match(/^- .*n=\d+/gm)?.length ?? 0
    expect(told).toBeGreaterThan(50)
    expect(text).toContain(
      `**${String(10_000 - told)} more are left out here for length; report.md has all of them.**`,
    )
  })
  test('when there is no room even for one, all are counted', () => {
    expect(against(many('fail'), many('pass'), 1500)).toMatch(/\n\n\*\*10000 more are left out/)
  })
})

test.each(Object.entries({ ...hostile, mention: 'see @octocat and #1 `x` @org/team' }))(
  '%s breaks out of nothing and calls nobody',
  (_, text) => {
    const odd = all(newer, { verdict: 'fail', seen: text, why: [text], notApplicable: text })
    const named = { ...odd, run: { ...odd.run, id: text, interrupted: text } }
    for (const written of [summary(named), against(named, older)]) {
      const shown = marked.parse(written, { async: false })
      // What GitHub reads for names: everything but code.
      const prose = shown.replaceAll(/<code>.*?<\/code>|&#39;/gs, '')
      expect(prose).not.toMatch(/@\w/)
      expect(prose).not.toMatch(/<(script|img|a)\b/)
      expect(prose).not.toMatch(/#\d/)
    }
  },
)
