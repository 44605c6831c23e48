import { expect, test } from 'vitest'
import { notSo as claim } from '../testing/sample-claims.ts'
import { cleanResults } from '../testing/sample-results.ts'
import { notSoText } from './not-so.ts'

const builds = ['3.6.16', '3.5.35', '3.4.25']
/** The sample with the claim that is not so, and others of its page. */
function many(count: number) {
  const clean = cleanResults(builds)
  const [record] = clean.claims.filter(({ id }) => id === claim)
  const results = clean.results.filter((one) => one.claim === claim)
  const more = Array.from({ length: count }, (_, n) => `${claim}-${String(n)}`)
  return {
    ...clean,
    claims: more.flatMap((id) => (record === undefined ? [] : [{ ...record, id, cells: [{ id, at: {} }] }])),
    results: more.flatMap((id) => results.map((one) => ({ ...one, claim: id, cell: id }))),
  }
}

test('a line for each promise, none of them wider than the terminal, and the address of their page once', () => {
  const lines = notSoText(many(3), { color: false, columns: 100 }).split('\n')
  expect(lines).toHaveLength(5)
  expect(lines[0]).toBe('Documented, but not so (3)  as declared; more in the report')
  expect(lines[1]).toBe('  https://etcd.example/docs/security/')
  for (const line of lines.slice(2)) {
    expect(line).toMatch(/^✘\* security\/peer-ip-san\/name-without-address-is-accepted-\d {2}A certificate/)
    expect(line.length).toBeLessThanOrEqual(100)
  }
})

test('a narrow terminal leaves the id whole', () => {
  expect(notSoText(many(1), { color: false, columns: 40 }).split('\n').at(-1)).toBe(`✘* ${claim}-0`)
})

test('builds are named where it is not all of them', () => {
  const some = many(1)
  const results = some.results.filter(({ subject }) => !subject.startsWith('3.5.35'))
  expect(notSoText({ ...some, results }, { color: false, columns: 120 })).toContain(
    `${claim}-0 (3.6.16, 3.4.25)  A cert`,
  )
})
