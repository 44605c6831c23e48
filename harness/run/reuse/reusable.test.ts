import { describe, expect, test } from 'vitest'
import type { CellResult, Results, SubjectRecord } from '../../../reports/schema.ts'
import { LastGood } from './reusable.ts'

const subject: SubjectRecord = {
  name: '3.6.16@module+go1.26.10',
  asked: '3.6.16',
  etcd: '3.6.16',
  go: '1.26.10',
  source: 'module',
  reference: 'etcd-tls/subject:3.6.16',
  image: 'sha256:1',
  tls: ['1.2', '1.3'],
  flags: ['cert-file'],
}
const cell = 'security/https/verified-handshake'
const pass: CellResult = {
  ...{
    cell,
    claim: cell,
    subject: subject.name,
    verdict: 'pass',
    promised: 'served',
    seen: 'served',
    why: [],
  },
  checks: [{ question: 'then', expected: 'served', seen: 'served', met: true }],
  ...{ evidence: 'evidence/a', byHand: [], milliseconds: 5 },
}
const declared = { verdict: 'fail' as const, builds: '*', why: 'because', evidence: 'alert 42', stale: false }

interface Change {
  readonly id?: string
  readonly finished?: string
  readonly harness?: string | undefined
  readonly subject?: Partial<SubjectRecord>
  readonly definition?: string | undefined
  readonly result?: Partial<CellResult>
  readonly interrupted?: string
}
/** An earlier run; what is not said is as it is now. */
function run({ id = 'earlier', finished = '2026-11-22T10', result, interrupted, ...rest }: Change = {}) {
  const { harness = 'h', definition = 'd' } = rest
  const unknown = { ...('harness' in rest && { harness: rest.harness }) }
  const results = {
    run: { id, started: '2026-11-22T09', finished, harness, ...unknown, ...(interrupted && { interrupted }) },
    subjects: [{ ...subject, asked: 'otherwise', ...rest.subject }],
    claims: [
      {
        id: cell,
        cells: [{ id: cell, at: {}, definition: 'definition' in rest ? rest.definition : definition }],
      },
    ],
    results: [{ ...pass, ...result }],
  }
  return { folder: `/runs/${id}`, results: results as unknown as Results }
}
const find = (...runs: ReturnType<typeof run>[]) => new LastGood(runs, 'h').find(cell, 'd', subject)

test('what was good under the same conditions is found, and marked with its run', () => {
  expect(find(run())).toEqual({
    folder: '/runs/earlier',
    result: { ...pass, reused: { run: 'earlier', started: '2026-11-22T09' } },
  })
})

test('what was reused already names the run in which it was played', () => {
  const first = { run: 'first', started: '2026-11-21T09' }
  expect(find(run({ result: { reused: first } }))?.result.reused).toEqual(first)
})

test.each<[string, Change]>([
  ['another image', { subject: { image: 'sha256:2' } }],
  ['a build of another name', { subject: { name: '3.6.15@module+go1.26.10' } }],
  ['a build with other flags', { subject: { flags: [] } }],
  ['another definition', { definition: 'e' }],
  ['no known definition', { definition: undefined }],
  ['another harness', { harness: 'other' }],
  ['no known harness', { harness: undefined }],
  ['another cell', { result: { cell: `${cell}:tls=1.2` } }],
])('%s: it is played', (_, change) => {
  expect(find(run(change))).toBeUndefined()
})

describe('what is good', () => {
  test.each<[string, Partial<CellResult>]>([
    ['a pass', {}],
    ['a known deviation', { verdict: 'fail', declared }],
  ])('%s', (_, result) => {
    expect(find(run({ result }))).toBeDefined()
  })
  test.each<[string, Partial<CellResult>]>([
    ['a fail', { verdict: 'fail' }],
    ['a drift', { verdict: 'drift' }],
    ['a stale declaration', { verdict: 'pass', declared: { ...declared, stale: true } }],
    ['a fail that was declared as a drift', { verdict: 'fail', declared: { ...declared, verdict: 'drift' } }],
    ['an inconclusive cell', { verdict: 'inconclusive' }],
    ['what does not apply', { verdict: 'not-applicable', checks: [] }],
    ['a pass that nothing shows', { checks: [] }],
  ])('not %s', (_, result) => {
    expect(find(run({ result }))).toBeUndefined()
  })
})

describe('of several runs', () => {
  const [early, late] = ['2026-11-22T10', '2026-11-22T11']
  test('the newest counts, in whatever order they are found', () => {
    const runs = [run({ id: 'a', finished: early }), run({ id: 'b', finished: late })]
    expect(find(...runs)?.result.reused?.run).toBe('b')
    expect(find(...runs.toReversed())?.result.reused?.run).toBe('b')
  })
  test('one that failed since is not covered by an older pass', () => {
    const failed = run({ finished: late, result: { verdict: 'fail' } })
    expect(find(run({ finished: early }), failed)).toBeUndefined()
  })
  test('one that failed is not covered by a pass of a later clock', () => {
    const failed = run({ id: 'set-back', finished: early, result: { verdict: 'fail' } })
    expect(find(failed, run({ finished: late }))).toBeUndefined()
  })
  test('one under other conditions, or that never came to the cell, says nothing', () => {
    const other = run({ finished: late, subject: { image: 'sha256:2' }, result: { verdict: 'fail' } })
    const ended = run({
      finished: late,
      result: { verdict: 'inconclusive', why: ['not-run: SIGINT'], checks: [] },
    })
    expect(find(run({ finished: early }), other, ended)?.result.reused?.run).toBe('earlier')
  })
})
