import { expect, test } from 'vitest'
import { notSo, subjectText } from './not-so.ts'
import type { CellResult, Results } from './schema.ts'
import { notSo as claim } from './testing/sample-claims.ts'
import { cleanResults, sampleClaims } from './testing/sample-results.ts'

/** The sample with every result of the one claim changed. */
const changed = (change: (result: CellResult) => Partial<CellResult>): Results => {
  const clean = cleanResults()
  return {
    ...clean,
    results: clean.results.map((one) => (one.claim === claim ? { ...one, ...change(one) } : one)),
  }
}

test('a declared fail whose evidence held is listed, with its page and a line for each subject', () => {
  expect(notSo(cleanResults(['3.5.35', '3.4.25']))).toEqual([
    {
      claim,
      says: sampleClaims.find(({ id }) => id === claim)?.says,
      heading: 'Notes for TLS authentication',
      url: 'https://etcd.example/docs/security/#notes-for-tls-authentication',
      on: ['3.5.35@module+go1.25.10', '3.4.25@module+go1.19.9'].map((subject) => ({
        subject,
        cells: [claim],
        of: 1,
        evidence: expect.stringMatching(/^b was refused: x509: not 10\.138\.3\.2/) as string,
        why: 'names count only where the certificate names no address',
      })),
    },
  ])
})

test.each<[string, (result: CellResult) => Partial<CellResult>]>([
  ['is stale', ({ declared }) => ({ declared: declared && { ...declared, stale: true } })],
  [
    'is one of a drift',
    ({ declared }) => ({ verdict: 'drift', declared: declared && { ...declared, verdict: 'drift' } }),
  ],
  ['is not there', () => ({ declared: undefined })],
  ['is kept after all', () => ({ verdict: 'pass' })],
  ['could not be seen', () => ({ verdict: 'inconclusive' })],
])('a declaration that %s is not listed', (_, change) => {
  expect(notSo(changed(change))).toEqual([])
})

test('evidence is one line, and a long one is cut', () => {
  const [one] = notSo(changed(() => ({ seen: `a\n  b ${'x'.repeat(400)}` })))
  expect(one?.on[0]?.evidence).toMatch(/^a b x{236}…$/)
})

test('where some cells are as promised, it says how many are not', () => {
  const on = { subject: '3.6.16', cells: ['a:b=1'], of: 3, evidence: '', why: '' }
  expect(subjectText(on)).toBe('3.6.16 (1 of 3 cells)')
  expect(subjectText({ ...on, of: 1 })).toBe('3.6.16')
})
