import { describe, expect, test } from 'vitest'
import { hostile, refusal, sampleResult } from '../testing/sample-parts.ts'
import { sideBySide } from './columns.ts'
import { bisectMarkdown } from './markdown.ts'
import { Bisection } from './schema.ts'
import { shownBy } from './shown.ts'
import { bisectText } from './text.ts'

const [older, newer] = ['3.4.25@module+go1.19.8', '3.5.0@module+go1.16.15'] as const
const cell = 'security/host-whitelist/unlisted:tls=1.2'
const before = sampleResult(cell, older, {
  verdict: 'drift',
  seen: 'etcd sent alert 42',
  why: ['the page prints alert 40; seen: alert 42'],
  checks: [{ question: 'printed', expected: 'the page prints alert 40', seen: 'alert 42', met: false }],
  probe: refusal({ alert: { number: 42, name: 'bad_certificate', direction: 'received' } }),
})
const after = sampleResult(cell, newer, { verdict: 'pass', seen: hostile.terminal, probe: refusal() })

const report: Bisection = {
  format: 'etcd-tls/bisection',
  formatVersion: 1,
  tool: { name: 'etcd-tls', version: '0.1.0' },
  command: ['etcd-tls', 'bisect'],
  id: 'security/host-whitelist/unlisted',
  says: 'The promise.',
  axis: 'etcd',
  all: false,
  ends: { from: { asked: '3.4.25', subject: older }, to: { asked: '3.5.0', subject: newer } },
  steps: [
    {
      cells: [cell],
      before: { asked: '3.4.25', subject: older, state: 'drift' },
      after: { asked: '3.5.0', subject: newer, state: 'pass' },
      between: [{ asked: '3.4.99', kind: 'inconclusive', why: hostile.markdown }],
      unknown: ['3.4.26 to 3.4.98'],
      shown: shownBy(before, after),
      notes: ['a note'],
      blame: {
        by: 'etcd',
        says: 'Changed by etcd: so it is.',
        corners: [
          { etcd: '3.4.25', go: '1.26.10', state: 'drift', subject: older },
          { etcd: '3.5.0', go: '1.12.0', untold: 'not to be built: its go line' },
        ],
      },
    },
  ],
  unchanged: [{ cell: 'security/host-whitelist/unlisted:tls=1.3', state: 'pass' }],
  history: [
    { asked: '3.4.25', subject: older, states: { [cell]: 'drift' } },
    { asked: '3.4.99', states: {}, untold: 'inconclusive: because' },
    { asked: '3.5.0', subject: newer, states: { [cell]: 'pass' } },
  ],
  conclusion: ['the verdict changes.'],
  exit: 3,
}

test('the sample is one', () => {
  expect(Bisection.parse(report)).toEqual(report)
})

describe('what both sides showed', () => {
  const rows = Object.fromEntries(shownBy(before, after).map((row) => [row.what, row]))
  test('has verdict, observation, log lines and what the page prints', () => {
    expect(rows['verdict']).toMatchObject({ before: ['drift'], after: ['pass'] })
    expect(rows['probe']?.before).toContain('alert 42 bad_certificate received')
    expect(rows['probe']?.after).toContain('alert 116 certificate_required received')
    expect(rows['log']?.before.join()).toContain("client didn't provide a certificate")
    expect(rows['printed']).toMatchObject({ before: ['the page prints alert 40; seen: alert 42'], after: [] })
  })
  test('shows what is equal once', () => {
    const control = { control: refusal() }
    const [same] = shownBy({ ...before, ...control }, { ...after, ...control }).filter(
      ({ what }) => what === 'control',
    )
    expect(same?.before.length).toBeGreaterThan(1)
    expect(same?.after).toEqual(['the same'])
  })
})

describe('the console', () => {
  const wide = bisectText(report, { color: false, columns: 120 })
  test('has the sides in columns, none wider than the terminal', () => {
    expect(wide).toMatch(/^ {2}verdict {3}drift {2,}pass$/m)
    expect(wide).toMatch(/^ +3\.4\.25@module\+go1\.19\.8 +3\.5\.0@module\+go1\.16\.15$/m)
    for (const line of wide.split('\n')) expect(line.length).toBeLessThanOrEqual(120)
  })
  test('has one side under the other where there is no room', () => {
    const narrow = bisectText(report, { color: false, columns: 60 })
    expect(narrow).not.toMatch(/drift {2,}pass/)
    expect(narrow.indexOf(older)).toBeLessThan(narrow.indexOf(newer))
    for (const line of narrow.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
  })
  test('names what lies between, who changed it, what stayed, and the conclusion', () => {
    for (const text of [
      'Between the two: 3.4.99, inconclusive',
      'not in the table of releases: 3.4.26 to 3.4.98',
      'a note',
      'etcd 3.5.0 with Go 1.12.0: not to be built: its go line',
      'Changed by etcd: so it is.',
      'unlisted:tls=1.3: pass',
      'the verdict changes.',
    ])
      expect(wide).toContain(text)
  })
  test('shows the history where it was asked for whole, or nothing changes', () => {
    expect(wide).not.toContain('inconclusive: because')
    expect(bisectText({ ...report, all: true }, { color: false })).toMatch(
      /^ {2}3\.4\.99 {2}inconclusive: because$/m,
    )
  })
  test('does not say of a cell that has steps that it stays', () => {
    const there = { ...report, unchanged: [{ cell, state: 'pass' }] }
    expect(bisectText(there, { color: false })).not.toContain('The same at both ends')
  })
  test('lets no control character of a subject through', () => {
    // eslint-disable-next-line no-control-regex -- they are what must not come through
    expect(wide).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
  })
})

test('Markdown has the same, and nothing of a subject is markup', () => {
  const text = bisectMarkdown(report)
  expect(text).toContain('| verdict | `drift` | `pass` |')
  expect(text).toContain('**Changed by etcd: so it is.**')
  expect(text).not.toContain('[click](https://evil.example/)')
  // eslint-disable-next-line no-control-regex -- they are what must not come through
  expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
})

test('columns are as long as the longer one', () => {
  expect(sideBySide(['a b', 'c'], ['dd'], 2)).toEqual(['a   dd', 'b', 'c'])
  expect(sideBySide(['abcdef'], [''], 4)).toEqual(['abcd', 'ef'])
})
