import { expect, test } from 'vitest'
import {
  refusal,
  sampleObservation,
  sampleResult,
  sampleSubject,
} from '../../reports/testing/sample-parts.ts'
import type { CellResult, Observation, Results } from '../../reports/schema.ts'
import { changes, contradictions } from './contradictions.ts'
import { seenIn } from './seen-in.ts'

const subject = { ...sampleSubject('3.6.16'), go: '1.26.10' }
const log = {
  question: 'because' as const,
  expected: "etcd's log gives the reason for this connection (no-client-certificate: ^tls: x$)",
  seen: 'tls: x',
  met: true,
}
const unlike = { question: 'because' as const, expected: 'alert 116 from etcd', seen: 'alert 42', met: false }
const received = (number: number): Observation =>
  refusal({ alert: { number, name: 'n', direction: 'received' } })
const silent = (): Observation => {
  const { alert: _, ...rest } = received(1)
  return { ...rest, closed: { how: 'end', after: 1 } }
}
const read = (change: Partial<CellResult>) => {
  const cell = 'alerts/sent/client-certificate:is=none,tls=1.3'
  const base = { probe: received(116), again: received(116), checks: [log] }
  const results = [sampleResult(cell, subject.name, { ...base, ...change })]
  const [one] = seenIn({ subjects: [subject], results } as unknown as Results)
  return one
}

test('an alert is read with its reason and the version that was offered', () => {
  expect(read({})).toEqual({
    build: { etcd: '3.6.16', go: '1.26.10', alerts: { 'no-client-certificate': { '1.3': 116 } } },
    untold: [],
  })
})

test('another alert than the tables say is read as it was seen, and is a contradiction', () => {
  const other = read({
    probe: received(42),
    again: received(42),
    checks: [log, unlike],
    verdict: 'inconclusive',
  })
  expect(other?.build.alerts).toEqual({ 'no-client-certificate': { '1.3': 42 } })
  expect(contradictions(other?.build ?? { etcd: '', go: '', alerts: {} })).toEqual([
    'etcd 3.6.16 with Go 1.26.10, no-client-certificate, TLS 1.3: sent alert 42, the tables say alert 116',
  ])
})

test('a close without an alert is one that was seen', () => {
  expect(read({ probe: silent(), again: silent() })?.build.alerts).toEqual({
    'no-client-certificate': { '1.3': null },
  })
})

test.each([
  ['two different alerts', { again: received(42) }],
  ['an answer', { probe: sampleObservation(), again: sampleObservation() }],
  ['no reason in the log', { checks: [{ ...log, met: false }] }],
  ['no line of the log asked for', { checks: [] }],
  [
    'a control that is not served',
    { checks: [log, { ...log, question: 'control', expected: 'c', met: false }] },
  ],
] satisfies [string, Partial<CellResult>][])('%s: nothing can be said', (_, change) => {
  expect(read(change)?.untold).toEqual([
    '3.6.16@module+go1.26.10: alerts/sent/client-certificate:is=none,tls=1.3',
  ])
})

test('what does not apply is no gap', () => {
  expect(read({ verdict: 'not-applicable' })).toMatchObject({ build: { alerts: {} }, untold: [] })
})

test('what differs from the last time is named, both ways', () => {
  const build = (alerts: object) => ({ etcd: '3.6.16', go: '1.26.10', alerts })
  expect(changes(build({ expired: { '1.2': 42, '1.3': 45 } }), build({ expired: { '1.2': 45 } }))).toEqual([
    'etcd 3.6.16 with Go 1.26.10, expired, TLS 1.2: alert 45, was alert 42',
    'etcd 3.6.16 with Go 1.26.10, expired, TLS 1.3: not seen this time',
  ])
  expect(changes(build({}), build({ expired: { '1.2': 45 } }))).toEqual([
    'etcd 3.6.16 with Go 1.26.10, expired, TLS 1.2: alert 45, was not seen',
  ])
})
