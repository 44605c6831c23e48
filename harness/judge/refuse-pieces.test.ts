import { expect, test } from 'vitest'
import type { Observation } from '../probe/observation.ts'
import { served, type RefuseCell } from '../scenario/index.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { judge } from './judge.ts'
import { alerted, build, given, noCertificate, refusal, refuseCell, seen } from './testing/seen.ts'

// Each piece of a refusal by itself: everything else is as it should be.
const cell: RefuseCell = { ...refuseCell, control: served(), without: given }
const good = alerted(116, 'certificate_required', [noCertificate])
const judged = (probe: Observation, again = probe, asked = cell) =>
  judge(asked, build, refusal({ probe, again }))

test('an alert that the client sent is none of etcd’s', () => {
  const alert = { number: 116, name: 'certificate_required', direction: 'sent' as const }
  const sent = { ...good, alert, closed: { how: 'reset' as const, after: 1 } }
  expect(judged(sent).checks).toContainEqual(
    expect.objectContaining({ question: 'because', expected: 'alert 116 from etcd', met: false }),
  )
})

test('the reason in a line that is no refusal is none', () => {
  const { raw } = noCertificate
  const other = parseLogLine(raw.replace('rejected connection on client endpoint', 'a note'), 7)
  expect(judged(good).verdict).toBe('pass')
  expect(judged({ ...good, log: [other] }).verdict).toBe('inconclusive')
})

test('a second time that was let in first is no second refusal', () => {
  const letIn = { ...good, tls: { handshake: true, version: '1.3' as const, ticket: true } }
  expect(judged(good, letIn).verdict).toBe('inconclusive')
})

test('a status with another text is another refusal', () => {
  const gateway: RefuseCell = { ...cell, because: { reason: 'gateway-refuses-common-name' } }
  const answer = (body: string) => seen({ http: { status: 400, headers: {}, body } })
  const text =
    'CommonName of client sending a request against gateway will be ignored and not used as expected\n'
  const verdict = (body: string) => judged(answer(body), answer(body), gateway).verdict
  expect(verdict(text)).toBe('pass')
  expect(verdict('bad request')).toBe('inconclusive')
})

test('what differs from the page is among the checks and told', () => {
  const { checks, why } = judged(good, good, { ...cell, printed: { alert: 42 } })
  expect(checks.at(-1)).toMatchObject({ question: 'printed', met: false })
  expect(why).toHaveLength(1)
})
