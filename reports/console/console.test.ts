import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { visible } from '../sanitize.ts'
import { hostile, sampleResult } from '../testing/sample-parts.ts'
import { cleanResults, sampleResults } from '../testing/sample-results.ts'
import { countsOf } from '../verdicts.ts'
import {
  consoleReport,
  details,
  firstFailure,
  liveLine,
  summaryOf,
  table,
  totals,
  wantsColor,
} from './index.ts'

const plain = { color: false }
const four = ['3.7.3', '3.6.16', '3.5.35', '3.4.25']

describe('the table', () => {
  test.each([1, 2, 3, 4])('%i subjects fit in 80 columns, one block', (count) => {
    const text = table(sampleResults(four.slice(0, count)), plain)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect(text.match(/module/g)).toHaveLength(count)
  })

  test('more subjects than fit are told in blocks', () => {
    const text = table(sampleResults([...four, '3.6.4', '3.5.0', '3.5.7']), plain)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    for (const build of ['3.7.3', '3.6.4', '3.5.7']) expect(text).toContain(build)
  })

  test('every claim has a row, an id broken over lines can be joined again', () => {
    const text = table(sampleResults(four), plain).replaceAll(/ +.*\n {4}(?=\w)/g, (all) => all)
    expect(text).toMatch(/client-cert-auth-demands-a-\s.*\n {4}certificate/)
    expect(text).toMatch(/without-one-is-rejected +≈\* 1 of 2/)
    expect(text).toMatch(/unlisted-name-is-refused +✘ +✔/)
    expect(text).toMatch(/loopback-is-always-allowed +✔! +✔/)
  })

  test.each([
    [[], 1, '∅'],
    [['pass'], 1, '✔'],
    [['pass', 'pass'], 2, '✔ 2'],
    [['pass', 'not-applicable'], 2, '✔ 1 of 2'],
    [['pass', 'fail', 'inconclusive', 'pass'], 4, '✘ 1 ? 1 of 4'],
    [['pass', 'pass'], 3, '∅ 1 of 3'],
    [['not-applicable', 'not-applicable'], 2, '– 2'],
  ] as const)('%j of %i cells: %s', (found, cells, text) => {
    expect(
      summaryOf(
        found.map((verdict) => sampleResult('a/b/c', 's', { verdict })),
        cells,
      ),
    ).toBe(text)
  })
})

describe('what is not a plain pass', () => {
  const text = details(sampleResults(), plain)

  test('an undeclared fail is told in full, first', () => {
    expect(
      text.startsWith('✘ fail  security/host-whitelist/unlisted-name-is-refused  3.6.16@module+go1.26.10\n'),
    ).toBe(true)
    expect(text).toContain('  promised  Status 421 for a Host that is not on the list.')
    expect(text).toContain('  evidence  evidence/unlisted-name-is-refused')
    expect(text).toContain('  by hand   evidence/unlisted-name-is-refused/by-hand.txt')
  })

  test('a known deviation is told once for all subjects, with its reason', () => {
    expect(
      text.match(/≈ drift\* {2}security\/client-certificates\/without-one-is-rejected:tls=1\.3/g),
    ).toHaveLength(1)
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      '3.6.16@module+go1.26.10, 3.5.35@module+go1.25.10: Go answers a missing certificate',
    )
  })

  test('what does not apply has its reason', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain('the v2 keys API was removed in 3.6.0')
  })

  test('what does not apply for one reason is one entry, however many claims', () => {
    const idle = (claim: string) =>
      sampleResult(claim, '3.7.3', { verdict: 'not-applicable', notApplicable: 'the option is gone' })
    const found = { ...sampleResults(), results: ['a/b/c', 'a/b/d'].map(idle) }
    expect(details(found, plain)).toBe(
      '– not applicable  2 cells\n  3.7.3: the option is gone\n  a/b/c, a/b/d',
    )
  })

  test('a stale declaration says what to do', () => {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'the promise is kept: take the declaration out or correct it',
    )
  })
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

test('the first failure is told in full', () => {
  const text = firstFailure(
    sampleResult('a/b/c:tls=1.2', 's', { verdict: 'fail', seen: hostile.terminal }),
    plain,
  )
  expect(text).toContain('✘ fail  a/b/c:tls=1.2  s')
  expect(text).toContain('\\x1b[2J')
})

test('colour is for terminals without NO_COLOR', () => {
  expect(wantsColor({ isTTY: true }, {})).toBe(true)
  expect(wantsColor({ isTTY: true }, { NO_COLOR: '' })).toBe(true)
  expect(wantsColor({ isTTY: true }, { NO_COLOR: '1' })).toBe(false)
  expect(wantsColor({ isTTY: true }, { TERM: 'dumb' })).toBe(false)
  expect(wantsColor({}, {})).toBe(false)
})

test('an interrupted run tells the status of its signal, and the cells that did not run in one line', () => {
  const sample = sampleResults()
  const idle = sample.results.map((result) => ({
    ...result,
    verdict: 'inconclusive' as const,
    declared: undefined,
    probe: undefined,
    checks: [],
    why: ['not-run: SIGINT'],
  }))
  const text = consoleReport(
    { ...sample, results: idle, run: { ...sample.run, interrupted: 'SIGINT' } },
    { color: false },
  )
  expect(text).toContain(`∅ ${String(idle.length)} cells did not run: not-run: SIGINT`)
  expect(text).toContain('exit 130:')
  expect(text.split('\n').length).toBeLessThan(80)
})
