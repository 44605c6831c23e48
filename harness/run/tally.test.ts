import { expect, test } from 'vitest'
import type { CellMeta } from '../vitest/context.ts'
import { Tally } from './tally.ts'

const meta = (subject: string, cell: string, worlds: number): CellMeta =>
  ({
    section: 's',
    result: { subject, cell, verdict: 'pass', milliseconds: 5 },
    milliseconds: { worlds, probes: 1, judge: 1 },
    counts: { worlds: 1, probes: 2, judge: 1 },
  }) as unknown as CellMeta

test('a cell counts once per subject', () => {
  const tally = new Tally()
  expect([
    tally.take(meta('x', 'c', 1)),
    tally.take(meta('x', 'c', 1)),
    tally.take(meta('y', 'c', 1)),
  ]).toEqual([true, false, true])
  expect(tally.result('x', 'c')?.subject).toBe('x')
  expect(tally.result('x', 'other')).toBeUndefined()
})

test('a result that came to be another takes the place of the first', () => {
  const tally = new Tally()
  const first = meta('x', 'c', 1)
  tally.take(first)
  tally.replace({ ...first, result: { ...first.result, verdict: 'inconclusive' } })
  expect(tally.result('x', 'c')?.verdict).toBe('inconclusive')
  expect(tally.take(first)).toBe(false)
})

test('times are the latest sums of each subject', () => {
  const tally = new Tally()
  tally.take(meta('x', 'c', 10))
  tally.take(meta('x', 'd', 25))
  tally.take(meta('y', 'c', 100))
  const phases = tally.phases(new Date(1000), new Date(4000))
  expect(phases).toMatchObject({ worlds: 125, worldCount: 2, probeCount: 4, wall: 3000 })
  expect(Object.keys(phases.subjects)).toEqual(['x', 'y'])
})

test('the time of the preparation is kept, also of one that fails', async () => {
  const tally = new Tally()
  await expect(tally.phase('prepare', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(tally.phases(new Date(), new Date()).prepare).toBeGreaterThan(0)
})
