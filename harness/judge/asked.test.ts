import { describe, expect, test } from 'vitest'
import type { Observation, SeenQuery } from '../probe/observation.ts'
import { askedChecks } from './asked.ts'

const query = (text: string, from = '10.138.66.1'): SeenQuery => {
  const [type = '', name = ''] = text.split(' ')
  return { from, type, name, rcode: 'NOERROR' }
}
const observed = (dns?: readonly SeenQuery[]): Observation => ({
  ...{ probe: 'b joins', at: '2026-11-22T00:00:00Z', milliseconds: 1, to: '10.138.66.1:2379' },
  ...{ connected: true, answered: true, byHand: [], log: [], ...(dns && { dns }) },
})
const logical = (text: string): string => text.replaceAll('10.138.66.', '10.138.0.')
const met = (...args: Parameters<typeof askedChecks>): boolean[] => askedChecks(...args).map((one) => one.met)

const reverseFirst = observed([query('PTR 10.138.66.2'), query('A b.com'), query('AAAA b.com')])

describe('asked', () => {
  test('in order, with others between, in the addresses of the page', () => {
    expect(met({ asked: ['PTR 10.138.0.2', 'AAAA b.com'] }, reverseFirst, logical)).toEqual([true])
    expect(met({ asked: ['A b.com', 'PTR 10.138.0.2'] }, reverseFirst, logical)).toEqual([false])
    expect(met({ asked: ['PTR 10.138.66.2'] }, reverseFirst, logical)).toEqual([false])
  })

  test('one question does not answer for two', () => {
    expect(met({ asked: ['A b.com', 'A b.com'] }, reverseFirst, logical)).toEqual([false])
  })

  test('letter case is no matter', () => {
    expect(met({ asked: ['A B.com'], neverAsked: ['A B.COM'] }, reverseFirst, logical)).toEqual([true, false])
  })

  test("another side's questions do not count", () => {
    const other = observed([query('A b.com', '10.138.66.3')])
    expect(met({ asked: ['A b.com'], neverAsked: ['A b.com'] }, other, logical)).toEqual([false, true])
    expect(met({ asked: ['A b.com'] }, other, logical, '10.138.66.3')).toEqual([true])
  })
})

test('a world without DNS shows neither', () => {
  const checks = askedChecks({ asked: ['A b.com'], neverAsked: ['A c.com'] }, observed(), logical)
  expect(checks.map((one) => one.met)).toEqual([false, false])
  expect(checks[0]?.seen).toBe('the world has no DNS that was listened to')
})

test('where nothing is said of names nothing is asked', () => {
  expect(askedChecks({}, observed(), logical)).toEqual([])
})

test('the sentences name what was wanted and what was seen', () => {
  expect(askedChecks({ asked: ['A b.com', 'PTR 10.138.0.2'] }, reverseFirst, logical)).toEqual([
    {
      question: 'then',
      expected: 'asks the DNS A b.com, then PTR 10.138.0.2',
      seen: 'PTR 10.138.0.2, A b.com, AAAA b.com',
      met: false,
    },
  ])
})
