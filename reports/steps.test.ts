import { expect, test } from 'vitest'
import { markdown } from './markdown.ts'
import { html } from './html/index.ts'
import { stepsText } from './console/steps.ts'
import type { CellResult, Results, Side } from './schema.ts'
import { stepHows, stepLine, stepRows } from './steps.ts'
import { reloads } from './testing/sample-claims.ts'
import { cleanResults } from './testing/sample-results.ts'

const since = (present = true): Partial<CellResult> => ({ side: { is: 'since', step: '3.2.19', present } })
const before = (present = false, more: Partial<Side> = {}): Partial<CellResult> => ({
  side: { is: 'before', step: '3.2.19', present, how: 'the old one stays', ...more },
})

/** The sample on these builds, with what was seen of the one claim on each. */
function on(
  seen: Readonly<Record<string, Partial<CellResult>>>,
  more: object = { since: '3.2.19, 3.3.4' },
): Results {
  const clean = cleanResults(Object.keys(seen))
  const of = (subject: string) => Object.entries(seen).find(([etcd]) => subject.startsWith(`${etcd}@`))?.[1]
  return {
    ...clean,
    claims: clean.claims.map((one) => (one.id === reloads ? { ...one, ...more } : one)),
    results: clean.results.map((one) =>
      one.claim === reloads ? { ...one, verdict: 'pass', ...of(one.subject) } : one,
    ),
  }
}
const two = on({ '3.3.4': since(), '3.2.18': before(), '3.3.3': before(), '3.2.22': since() })
const line = (results: Results) => stepRows(results).map(stepLine)

test('a claim is a line of versions, oldest first, with a bar where the page says that the step is', () => {
  expect(line(two)).toEqual(['3.2.18 ○  ┃  3.2.22 ●  ┃  3.3.3 ○  ┃  3.3.4 ●'])
})

test('a release that was not tried is told with its neighbours', () => {
  expect(stepRows(two)[0]).toMatchObject({
    page: 'since 3.2.19, 3.3.4',
    missing: ['3.2.19 was not tried; the step is seen between 3.2.18 and 3.2.22'],
  })
})

test('how it is absent is told once, with the builds', () => {
  expect(stepRows(two).map(stepHows)).toEqual([['3.2.18, 3.3.3: the old one stays']])
})

test('nothing is told where all builds are on one side', () => {
  expect(stepRows(on({ '3.2.22': since(), '3.3.4': since() }))).toEqual([])
})

test('an excepted release and the end have bars, too', () => {
  const results = on(
    {
      '3.2.8': since(),
      '3.2.9': { side: { is: 'excepted', step: '3.2.9', present: false } },
      '3.2.10': since(),
      '3.4.0': { side: { is: 'after', step: '3.4.0', present: false } },
    },
    { since: '3.1.0', except: ['3.2.9'], until: '3.4.0' },
  )
  expect(line(results)).toEqual(['3.2.8 ●  ┃  3.2.9 ○  ┃  3.2.10 ●  ┃  3.4.0 ○'])
  expect(stepRows(results)[0]?.page).toBe('since 3.1.0, except 3.2.9, until 3.4.0')
})

test('what is otherwise than the page says is marked, as declared or not', () => {
  const declared = { verdict: 'fail' as const, builds: '*', why: '', evidence: '', stale: false }
  const results = on({
    '3.1.20': { verdict: 'fail', declared, ...before(true) },
    '3.2.18': { verdict: 'fail', ...before(true) },
    '3.2.22': { verdict: 'inconclusive', side: { is: 'since', step: '3.2.19' } },
  })
  expect(line(results)).toEqual(['3.1.20 ●*  3.2.18 ●!  ┃  3.2.22 ?'])
})

test('cells that are alike on both sides say nothing of the step', () => {
  const results = on({ '3.2.18': before(), '3.2.22': since() })
  const alike = results.results.map((one) =>
    one.subject.startsWith('3.2.18') && one.claim === reloads
      ? {
          ...one,
          cell: `${one.cell}:a=b`,
          side: { is: 'before' as const, step: '3.2.19', alike: true, present: true },
        }
      : one,
  )
  const both = {
    ...results,
    claims: results.claims.map((one) =>
      one.id === reloads
        ? { ...one, cells: [...one.cells, ...one.cells.map(({ id, at }) => ({ id: `${id}:a=b`, at }))] }
        : one,
    ),
    results: [...results.results, ...alike.filter(({ cell }) => cell.endsWith(':a=b'))],
  }
  expect(line(both)).toEqual(['3.2.18 ○  ┃  3.2.22 ●'])
})

test('where all are alike, it is said', () => {
  expect(line(on({ '3.2.18': before(true, { alike: true }), '3.2.22': since() }))).toEqual([
    '3.2.18 =  ┃  3.2.22 ●',
  ])
})

test('a step that only one side of was tried is none that was seen', () => {
  expect(stepRows(on({ '3.2.18': before() }))[0]?.missing).toEqual([
    '3.2.19 was not tried, nor what lies after it',
  ])
})

test('every report has the line', () => {
  const told = '3.2.18 ○  ┃  3.2.22 ●'
  expect(stepsText(two, { color: false, columns: 100 })).toContain(told)
  expect(stepsText(cleanResults(), { color: false })).toBe('')
  expect(markdown(two)).toContain('## Since which release')
  expect(markdown(two)).toContain(told)
  expect(html(two)).toContain(told)
})
