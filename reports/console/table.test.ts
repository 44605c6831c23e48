import { expect, test } from 'vitest'
import { sampleResult } from '../testing/sample-parts.ts'
import { sampleResults } from '../testing/sample-results.ts'
import { sectionsOf } from '../results-view.ts'
import { summaryOf, table, tableOf } from './table.ts'
import { claimGroups } from './table-rows.ts'

const plain = { color: false }
const four = ['3.7.3', '3.6.16', '3.5.35', '3.4.25']
const byClaim = (builds: readonly string[]): string => {
  const results = sampleResults(builds)
  return tableOf(claimGroups(sectionsOf(results)), results, plain)
}

test.each([1, 2, 3, 4])('%i subjects fit in 80 columns, one block', (count) => {
  const text = byClaim(four.slice(0, count))
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  expect(text.match(/module/g)).toHaveLength(count)
})

test('more subjects than fit are told in blocks', () => {
  const text = byClaim([...four, '3.6.4', '3.5.0', '3.5.7'])
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  for (const build of ['3.7.3', '3.6.4', '3.5.7']) expect(text).toContain(build)
})

test('every claim has a row, an id broken over lines can be joined again', () => {
  const text = byClaim(four).replaceAll(/ +.*\n {4}(?=\w)/g, (all) => all)
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

test('few claims have a row each, many a row for their section with all its cells', () => {
  const few = sampleResults(['3.6.16'])
  expect(table(few, plain)).toContain('unlisted-name-is-refused')
  const more = Array.from({ length: 20 }, (_, n) => {
    const id = `security/reload/more-${String(n)}`
    return { id, page: 'security', section: 'security/reload', says: 'a', cites: [], cells: [{ id, at: {} }] }
  })
  const many = table({ ...few, claims: [...few.claims, ...more] }, plain)
  expect(many).not.toContain('unlisted-name-is-refused')
  expect(many).toMatch(/^security\/client-certificates +≈ 1 ≈\* 1 of \d+$/m)
  expect(many).toMatch(/^security\/reload +∅ 20 of 21$/m)
})
