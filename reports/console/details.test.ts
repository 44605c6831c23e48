import { expect, test } from 'vitest'
import { hostile, sampleResult } from '../testing/sample-parts.ts'
import { cleanResults, sampleResults } from '../testing/sample-results.ts'
import { details, firstFailure } from './details.ts'

const plain = { color: false }
const text = details(sampleResults(), plain)
const fails = (count: number) =>
  Array.from({ length: count }, (_, n) => sampleResult(`a/b/c-${String(n)}`, '3.7.3', { verdict: 'fail' }))

test('an undeclared fail is told in full, first', () => {
  expect(
    text.startsWith('✘ fail  security/host-whitelist/unlisted-name-is-refused  3.6.16@module+go1.26.10\n'),
  ).toBe(true)
  expect(text).toContain('  promised  Status 421 for a Host that is not on the list.')
  expect(text).toContain('  evidence  evidence/unlisted-name-is-refused')
  expect(text).toContain('  by hand   evidence/unlisted-name-is-refused/by-hand.txt')
})

test('evidence is where its reader finds it', () => {
  const from = details(sampleResults(), { ...plain, folder: '.etcd-tls/run' })
  expect(from).toContain('  evidence  .etcd-tls/run/evidence/unlisted-name-is-refused')
  expect(from).toContain('  by hand   .etcd-tls/run/evidence/unlisted-name-is-refused/by-hand.txt')
})

test('what is as declared and what does not apply is nothing to tell here', () => {
  expect(details(cleanResults(), plain)).toBe('')
})

test('a stale declaration says what to do', () => {
  expect(text.replaceAll(/\s+/g, ' ')).toContain(
    'the promise is kept: take the declaration out or correct it',
  )
})

test('of very many the first are told in full, the next by name, and then their number', () => {
  const all = details({ ...cleanResults(), results: fails(60) }, plain)
  expect(all.match(/promised/g)).toHaveLength(10)
  expect(all.match(/✘ fail/g)).toHaveLength(50)
  expect(all).toMatch(/\n✘ fail {2}a\/b\/c-49 {2}3\.7\.3\nand 10 more, in the report$/)
})

test('the first failure is told in full', () => {
  const told = firstFailure(
    sampleResult('a/b/c:tls=1.2', 's', { verdict: 'fail', seen: hostile.terminal }),
    plain,
  )
  expect(told).toContain('✘ fail  a/b/c:tls=1.2  s')
  expect(told).toContain('\\x1b[2J')
})

test('cells that did not run are a line for each reason', () => {
  const idle = (why: string) => ({
    ...sampleResult('a/b/c', 's', { verdict: 'inconclusive', checks: [] }),
    probe: undefined,
    why: [why],
  })
  const results = ['not-run: SIGINT', 'run-ended: The run was ended.', 'not-run: SIGINT'].map(idle)
  expect(details({ ...cleanResults(), results }, plain)).toBe(
    '∅ 2 cells did not run: not-run: SIGINT\n∅ 1 cells did not run: run-ended: The run was ended.',
  )
})
