import { expect, test } from 'vitest'
import { liars } from '../../fixtures/liars.ts'
import type { CellResult } from '../../reports/index.ts'
import { missed } from './play-liar.ts'

const claim = 'security/faq/client-auth-usage-is-needed'
const recipe = 'security/faq/openssl-recipe-works'
const usageIgnored = liars['usage-ignored'] ?? { caughtBy: [] }
type Part = Pick<CellResult, 'verdict'> & { at?: CellResult['checks'][number]['question'] }
const result = (of: string, { verdict, at }: Part) =>
  ({
    cell: `${of}:tls=1.3`,
    claim: of,
    verdict,
    checks: at === undefined ? [] : [{ question: at, expected: '', seen: '', met: false }],
  }) as unknown as CellResult
const caught = result(recipe, { verdict: 'inconclusive', at: 'control' })

test('a liar is caught when every cell has the expected verdict at the expected question', () => {
  expect(missed(usageIgnored, [result(claim, { verdict: 'fail', at: 'then' }), caught])).toEqual([])
})

test.each<Part>([
  { verdict: 'pass' },
  { verdict: 'drift', at: 'printed' },
  { verdict: 'inconclusive', at: 'then' },
  { verdict: 'fail', at: 'because' },
])('$verdict at $at is a miss', (part) => {
  expect(missed(usageIgnored, [result(claim, part), caught])).toEqual([
    `${claim}:tls=1.3: ${part.verdict} at ${part.at ?? ''}, not fail at then`,
  ])
})

test('a cell that does not apply has caught nobody', () => {
  expect(missed(usageIgnored, [result(claim, { verdict: 'not-applicable' }), caught])).toEqual([
    `${claim}:* stands for no cell that applies`,
  ])
})
