import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { visible } from '../sanitize.ts'
import { hostile, sampleResult } from '../testing/sample-parts.ts'
import { cleanResults, sampleClaims, sampleResults } from '../testing/sample-results.ts'
import { countsOf } from '../verdicts.ts'
import { consoleReport, liveLine, totals, wantsColor } from './index.ts'

const plain = { color: false }

test('what keeps the run from exit 0 comes first, the exit status last', () => {
  const lines = consoleReport(sampleResults(), plain).trimEnd().split('\n')
  expect(lines[0]).toMatch(/^✘ fail {2}security\//)
  expect(lines.at(-1)).toMatch(/^\? exit 3: /)
})

test('a run that is as declared is told on two screens, however many claims it has', () => {
  const clean = cleanResults()
  const claims = Array.from({ length: 200 }, (_, n) => {
    const id = `page/section-${String(n % 30)}/claim-${String(n)}`
    return { ...sampleClaims[0], id, cells: [{ id, at: {} }] } as (typeof sampleClaims)[number]
  })
  const results = clean.subjects.flatMap(({ name }) =>
    claims.map(({ id }) => sampleResult(id, name, { verdict: 'not-applicable', notApplicable: id })),
  )
  const text = consoleReport({ ...clean, claims, results }, plain)
  expect(text.split('\n').length).toBeLessThan(60)
})

test('no control character of a subject reaches the terminal', () => {
  const poisoned = sampleResults()
  const text = consoleReport(
    {
      ...poisoned,
      subjects: poisoned.subjects.map((subject, index) =>
        index === 0 ? { ...subject, name: `${subject.name}${hostile.terminal}` } : subject,
      ),
    },
    plain,
  )
  expect(visible(text)).toBe(text)
  const coloured = consoleReport(poisoned, { color: true })
  expect(coloured).not.toBe(text)
  const bare = stripVTControlCharacters(coloured)
  expect(visible(bare)).toBe(bare)
  expect(bare).toBe(consoleReport(poisoned, plain))
})

test('the totals end with the exit status and why', () => {
  expect(totals(sampleResults(), plain).split('\n').at(-1)).toBe(
    '? exit 3: 1 inconclusive · 2 undeclared fails or drifts · 1 stale declaration',
  )
  expect(totals(cleanResults(['3.7.3']), plain)).toBe(
    '3.7.3@module+go1.26.10  23 pass · 1 drift · 1 fail · 1 not applicable (2 of the fails and drifts are declared)\n' +
      '✔ exit 0: everything is as promised or as declared (2 known deviations)',
  )
})

test('a live line has the counts and how far it is', () => {
  const counts = countsOf([sampleResult('a', 's'), sampleResult('b', 's', { verdict: 'fail' })])
  expect(liveLine('security/https', counts, { color: false, total: 5 })).toMatch(
    /^security\/https +✔ 1 {2}✘ 1 {2}2\/5$/,
  )
})

test('colour is for terminals without NO_COLOR', () => {
  expect(wantsColor({ isTTY: true }, {})).toBe(true)
  expect(wantsColor({ isTTY: true }, { NO_COLOR: '' })).toBe(true)
  expect(wantsColor({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColor({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
  expect(wantsColor({}, {})).toBe(false)
  expect(wantsColor({}, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true)
  expect(wantsColor({ isTTY: true }, { FORCE_COLOR: '0' })).toBe(false)
})

test('what is told is the status: of a run that a signal ended, and of a report of one', () => {
  const { run, ...sample } = cleanResults()
  const interrupted = { ...sample, run: { ...run, interrupted: 'SIGTERM' } }
  expect(totals(interrupted, { ...plain, status: 143 })).toMatch(
    /^\? exit 143: the run was interrupted: SIGTERM/m,
  )
  expect(totals(interrupted, plain)).toMatch(/^\? exit 3: the run was interrupted: SIGTERM/m)
})

test('a run that a signal ended when all was played does not end with 0', () => {
  const text = totals(cleanResults(), { ...plain, status: 130 })
  expect(text).toMatch(/^\? exit 130: interrupted when all was played · everything is as promised/m)
})
