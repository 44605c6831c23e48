import { expect, test } from 'vitest'
import { plainText } from './plain-text.ts'
import type { CellResult } from './schema.ts'
import { reloads } from './testing/sample-claims.ts'
import { sampleResult } from './testing/sample-parts.ts'
import { ofTime } from './testing/sample-timeline.ts'
import { timelineLines, timelineView } from './timeline.ts'

const result = sampleResult(reloads, 's', ofTime[reloads]?.('plain'))
/** After the rotation the first pair is shown. */
const missed = {
  ...result,
  timeline: result.timeline?.map((step) =>
    step.name === 'after' ? { ...step, serial: 'AA01', met: 'after: the old one' } : step,
  ),
}
const view = ({ timeline = [] }: Pick<CellResult, 'timeline'>) => timelineView(timeline)

test('certificates have letters in the order in which they appear', () => {
  expect(view(result).certificates).toEqual([
    { mark: 'A', serial: 'AA01', subject: 'CN=first pair' },
    { mark: 'B', serial: 'BB02', subject: 'CN=second pair' },
  ])
})

test('a certificate that was written and never shown has its name from the world', () => {
  const written = result.timeline?.filter(({ do: act }) => act === 'rotate') ?? []
  const minted = [{ serial: 'BB02', subject: 'CN=minted' }]
  expect(timelineView(written, minted).certificates).toEqual([{ mark: 'A', ...minted[0] }])
  expect(timelineView(written).certificates).toEqual([{ mark: 'A', serial: 'BB02' }])
})

test('rows say what the files hold, what was shown, and which connection is open', () => {
  const { held, rows } = view(result)
  expect(held).toEqual(['open'])
  expect(rows.map(({ files }) => files)).toEqual([undefined, undefined, 'B', 'B', 'B', 'B', 'B'])
  expect(rows.map(({ mark }) => mark)).toEqual(['A', 'A', 'B', 'B', 'A', undefined, 'B'])
  expect(rows.map(({ open }) => open[0])).toEqual(['asked', 'open', 'open', 'open', 'asked', 'none', 'none'])
  expect(rows.map(({ at }) => at)).toEqual(['0 ms', '41 ms', '60 ms', '66 ms', '90 ms', '101 ms', '3.2 s'])
  expect(rows.every(({ differs }) => differs === undefined)).toBe(true)
})

test('a step that did not come out as it says is marked, and says what differs', () => {
  expect(view(missed).rows[3]).toMatchObject({ mark: 'A', files: 'B', differs: 'after: the old one' })
})

test('as text: a line per step and per certificate', () => {
  expect(timelineLines(result)).toEqual([
    '✔   0 ms  connection that stays open: open, shown A',
    '✔  41 ms  new connection: before, shown A',
    '✔  60 ms  files: cert-file and key-file of m1 overwritten in place, now B',
    '✔  66 ms  new connection: after, shown B',
    '✔  90 ms  open connection, asked again: open, shown A',
    '✔ 101 ms  clock: the certificate was valid until 14:03',
    '✔  3.2 s  new connection: at the end, shown B',
    'A is CN=first pair, serial AA01',
    'B is CN=second pair, serial BB02',
  ])
  expect(timelineLines(missed)[3]).toBe('✘  66 ms  new connection: after, shown A — after: the old one')
  expect(plainText(missed)).toContain('timeline: ✘  66 ms  new connection: after, shown A')
  expect(timelineLines({})).toEqual([])
})
