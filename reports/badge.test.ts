import { expect, test } from 'vitest'
import { badge, badgeSvg } from './badge.ts'
import { conclude } from './conclusion.ts'
import { mergeResults } from './merge.ts'
import type { Results } from './schema.ts'
import { parseXml } from './testing/parse-xml.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'
import { shardsOfRun } from './testing/sample-shards.ts'

const clean = cleanResults(['3.6.16', '3.5.35'])
const [first] = shardsOfRun(clean, 2) as [Results]
const checks = [{ question: 'then' as const, expected: 'a', seen: 'a', met: true }]
const but = (verdict: 'fail' | 'inconclusive'): Results => ({
  ...clean,
  results: clean.results.map((one, n) => (n === 0 ? { ...one, verdict } : one)),
})

test('is green for a complete run in which all is as promised or declared, and names its builds', () => {
  expect(badge(clean)).toEqual({
    schemaVersion: 1,
    label: 'etcd TLS',
    message: '3.6.16, 3.5.35 as promised or declared',
    color: 'brightgreen',
    isError: false,
  })
  expect(badge(cleanResults(['3.7.3', '3.6.16', '3.5.35', '3.4.25'])).message).toBe(
    '4 builds as promised or declared',
  )
})

test.each<[string, Results]>([
  ['with an inconclusive cell', but('inconclusive')],
  ['that was interrupted', { ...clean, run: { ...clean.run, interrupted: 'SIGTERM' } }],
  ['without results', { ...clean, results: [] }],
  ['with a cell that has none', { ...clean, results: clean.results.slice(1) }],
  ['merged without one of its shards', mergeResults([{ results: first, from: 'a' }])],
  ['that is broken and inconclusive', sampleResults()],
])('a run %s is inconclusive, never green', (_, results) => {
  expect(conclude(results).exit).toBe(3)
  expect(badge(results)).toMatchObject({ message: 'inconclusive', color: 'lightgrey', isError: true })
})

test('counts what is not as promised', () => {
  expect(badge(but('fail'))).toMatchObject({ message: '1 not as promised', color: 'red', isError: true })
})

test('of a shard is not green: it knows of its part only', () => {
  expect(badge(first)).toMatchObject({ message: 'shard 1 of 2', color: 'lightgrey', isError: false })
})

test.each([{ only: ['security/https/*'] }, { files: ['my.scenario.ts'] }])(
  'of a run that was asked for a part (%o) is not green, and the reports say so',
  (asked) => {
    const part = { ...clean, run: { ...clean.run, ...asked } }
    expect(badge(part)).toMatchObject({
      message: 'part of 3.6.16, 3.5.35 as promised or declared',
      color: 'lightgrey',
    })
    const [whole = ''] = conclude(clean).reasons
    expect(conclude(part).reasons).toEqual([`${whole}, of the cells asked for`])
  },
)

test('calls promised only what nobody declares otherwise', () => {
  const kept = clean.results.map(({ declared: _, ...one }) => ({ ...one, verdict: 'pass' as const, checks }))
  expect(badge({ ...clean, results: kept }).message).toBe('3.6.16, 3.5.35 as promised')
})

test('as SVG says the same to eyes and to screen readers, and loads nothing', () => {
  const svg = badgeSvg({ ...badge(clean), message: '<b> & "x"' })
  expect(() => parseXml(svg)).not.toThrow()
  expect(svg).toContain('aria-label="etcd TLS: &lt;b&gt; &amp; &quot;x&quot;"')
  expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/href|https?:|<script|style/)
})
