import { expect, test } from 'vitest'
import { exercised, exerciseText } from './exercised.ts'
import type { CellResult, Results } from './schema.ts'
import { sampleResult, sampleSubject, sampleWorld } from './testing/sample-parts.ts'
import { cleanResults } from './testing/sample-results.ts'

const subject = sampleSubject('3.6.16')
type Given = NonNullable<NonNullable<CellResult['world']>['members'][number]['set']>
const cell = (set: Given, change: Partial<CellResult> = {}): CellResult => {
  const world = sampleWorld([], { set })
  return sampleResult('a/b/c', subject.name, { world, ...change })
}
const run = (results: readonly CellResult[], options: Results['options'] = []): Results => ({
  ...cleanResults(),
  subjects: [subject],
  options,
  results: [...results],
})
const certFile = { option: 'cert-file', way: 'flag', listener: 'client' } as const
const counts = (results: Results) =>
  exercised(results).rows.map(({ option, listener, on }) => [option, listener, ...on.map(exerciseText)])

test('cells by option and way, the client’s first, then the peer’s', () => {
  const peer = { option: 'peer-cert-file', way: 'flag', listener: 'peer' } as const
  const variable = { ...certFile, way: 'variable' } as const
  expect(counts(run([cell([peer]), cell([certFile]), cell([certFile, peer]), cell([variable])]))).toEqual([
    ['cert-file', 'client', '2 · 1 · 0'],
    ['peer-cert-file', 'peer', '2 · 0 · 0'],
  ])
})

test('a cell counts once, however many members set the option', () => {
  const [member] = sampleWorld([], { set: [certFile] }).members
  const world = { members: member === undefined ? [] : [member, member], certificates: [] }
  expect(counts(run([cell([], { world })]))).toEqual([['cert-file', 'client', '1 · 0 · 0']])
})

test('an option that only the world without the guard sets was exercised, too', () => {
  const guardless = { option: 'peer-skip-client-san-verification', way: 'flag', listener: 'peer' } as const
  const world = { ...sampleWorld([], { set: [certFile] }), elsewhere: [guardless] }
  const found = exercised(run([cell([], { world })], [{ name: guardless.option, listener: 'peer' }]))
  expect(found.never).toEqual([])
  expect(found.rows.map(({ option, on }) => [option, ...on.map(exerciseText)])).toEqual([
    ['cert-file', '1 · 0 · 0'],
    [guardless.option, '1 · 0 · 0'],
  ])
})

test.each(['inconclusive', 'not-applicable'] as const)('what is %s exercised nothing', (verdict) => {
  expect(exercised(run([cell([certFile], { verdict })])).rows).toEqual([])
})

test.each(['fail', 'drift'] as const)('a %s did exercise it', (verdict) => {
  expect(counts(run([cell([certFile], { verdict })]))).toEqual([['cert-file', 'client', '1 · 0 · 0']])
})

test('a known option that no cell set is named; one that the build has not is none', () => {
  const known = [
    { name: 'host-whitelist', listener: 'client' as const },
    { name: 'proxy', listener: 'none' as const },
  ]
  const found = exercised(run([cell([certFile])], known))
  expect(found.never).toEqual([{ subject: subject.name, options: ['host-whitelist'] }])
  expect(found.rows.find(({ option }) => option === 'proxy')?.on).toEqual(['none'])
})

test('an option that was set and that the tool does not ask about is in the table only', () => {
  const found = exercised(run([cell([{ option: 'key-file', way: 'flag', listener: 'client' }])]))
  expect(found.rows).toHaveLength(1)
  expect(found.never).toEqual([])
})
