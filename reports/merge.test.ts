import { expect, test } from 'vitest'
import { exitCode } from './conclusion.ts'
import { mergeResults } from './merge.ts'
import type { MergePart } from './merge.ts'
import type { Results } from './schema.ts'
import { cleanResults, sampleResults } from './testing/sample-results.ts'

const part = (results: Results, from: string, evidenceBase?: string): MergePart => ({
  results,
  from,
  ...(evidenceBase !== undefined && { evidenceBase }),
})

test('two subjects become two columns', () => {
  const one = cleanResults(['3.7.3'])
  const other = {
    ...cleanResults(['3.6.16']),
    run: { ...one.run, id: 'second', started: '2026-11-22T13:00:00.000Z', command: ['etcd-tls', 'run'] },
  }
  const merged = mergeResults([part(one, 'a.json'), part(other, 'b.json')])
  expect(merged.subjects.map(({ etcd }) => etcd)).toEqual(['3.7.3', '3.6.16'])
  expect(merged.results).toHaveLength(one.results.length + other.results.length)
  expect(merged.run).toMatchObject({
    id: `${one.run.id}+second`,
    started: '2026-11-22T13:00:00.000Z',
    finished: one.run.finished,
  })
  expect(merged.run.command.join(' ')).toBe('etcd-tls run --etcd 3.7.3 && etcd-tls run')
  expect(merged.phases).toMatchObject({ worlds: 36000, wall: 14500, worldCount: 48 })
  expect(exitCode(merged)).toBe(0)
})

test('shards of one run become the whole run, whatever their order', () => {
  const whole = cleanResults()
  const shard = (keep: (index: number) => boolean): Results => {
    const claims = whole.claims.filter((_, index) => keep(index))
    const ids = new Set(claims.map(({ id }) => id))
    return { ...whole, claims, results: whole.results.filter(({ claim }) => ids.has(claim)) }
  }
  const [odd, even] = [shard((index) => index % 2 === 1), shard((index) => index % 2 === 0)]
  const merged = mergeResults([part(odd, 'odd.json'), part(even, 'even.json')])
  expect(merged.claims.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual(
    whole.claims.toSorted((a, b) => a.id.localeCompare(b.id)),
  )
  expect(merged.results).toHaveLength(whole.results.length)
  expect(exitCode(merged)).toBe(0)
})

test('cells of one claim may be spread over shards', () => {
  const whole = cleanResults(['3.7.3'])
  const half = (keep: (cell: string) => boolean): Results => ({
    ...whole,
    claims: whole.claims.map((claim) => ({ ...claim, cells: claim.cells.filter(({ id }) => keep(id)) })),
    results: whole.results.filter(({ cell }) => keep(cell)),
  })
  const merged = mergeResults([
    part(
      half((cell) => cell.includes('tls=1.2')),
      'a',
    ),
    part(
      half((cell) => !cell.includes('tls=1.2')),
      'b',
    ),
  ])
  expect(merged.results).toHaveLength(whole.results.length)
  expect(exitCode(merged)).toBe(0)
})

test('the same file twice is the file once', () => {
  const whole = sampleResults()
  expect(mergeResults([part(whole, 'a'), part(structuredClone(whole), 'b')]).results).toEqual(whole.results)
})

test('of two runs that came to the same the later one is kept, whatever their order', () => {
  const early = sampleResults()
  const late = {
    ...early,
    run: { ...early.run, id: 'late', finished: '2027-01-01T00:00:00.000Z' },
    results: early.results.map((result) => ({ ...result, milliseconds: 77, seen: 'at another address' })),
  }
  for (const parts of [
    [part(early, 'a.json'), part(late, 'b.json')],
    [part(late, 'b.json'), part(early, 'a.json')],
  ])
    expect(mergeResults(parts).results).toEqual(late.results)
})

test('a declaration that became stale is another result', () => {
  const one = sampleResults()
  const other = {
    ...one,
    results: one.results.map((result) =>
      result.declared ? { ...result, declared: { ...result.declared, stale: true } } : result,
    ),
  }
  expect(() => mergeResults([part(one, 'a.json'), part(other, 'b.json')])).toThrow(
    /it is drift\* in a\.json and drift! in b\.json/,
  )
})

test('two results of a cell on a subject that come to different verdicts are refused', () => {
  const one = sampleResults()
  const other = {
    ...one,
    results: one.results.map((result, index) =>
      index === 0 ? { ...result, verdict: 'fail' as const } : result,
    ),
  }
  expect(() => mergeResults([part(one, 'a.json'), part(other, 'b.json')])).toThrow(
    expect.objectContaining({
      code: 'merge-differs',
      exit: 2,
      message: expect.stringMatching(
        /^The result of security\/\S+ on 3\.6\.16@\S+ cannot be merged: it is \S+ in a\.json and fail in b\.json; leave one/,
      ) as string,
    }) as Error,
  )
})

test.each<[string, (results: Results) => Results, RegExp]>([
  [
    'subject',
    (results) => ({
      ...results,
      subjects: results.subjects.map((one) => ({ ...one, image: 'sha256:other' })),
    }),
    /The subject 3\.6\.16@/,
  ],
  [
    'claim',
    (results) => ({ ...results, claims: results.claims.map((one) => ({ ...one, says: 'Something else.' })) }),
    /The claim security\//,
  ],
  [
    'tool',
    (results) => ({ ...results, tool: { name: 'etcd-tls', version: '9.9.9' } }),
    /a\.json was written by etcd-tls 0\.1\.0 and b\.json by etcd-tls 9\.9\.9/,
  ],
])('a %s that differs is refused', (_, change, message) => {
  const one = cleanResults()
  expect(() => mergeResults([part(one, 'a.json'), part(change(one), 'b.json')])).toThrow(message)
})

test('one interrupted shard makes the whole interrupted', () => {
  const one = cleanResults(['3.7.3'])
  const other = cleanResults(['3.6.16'])
  const merged = mergeResults([
    part(one, 'a'),
    part({ ...other, run: { ...other.run, interrupted: 'SIGTERM' } }, 'b'),
  ])
  expect(merged.run.interrupted).toBe('SIGTERM')
  expect(exitCode(merged)).toBe(3)
})

test('evidence is found from the new folder', () => {
  const [found] = mergeResults([part(sampleResults(), 'a', '../runs/a')]).results.filter(
    ({ evidence }) => evidence !== undefined,
  )
  expect(found?.evidence).toMatch(/^\.\.\/runs\/a\/evidence\//)
})

test('nothing to merge', () => {
  expect(() => mergeResults([])).toThrow(/at least one results file/)
})
