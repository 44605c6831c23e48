import { expect, test } from 'vitest'
import type { RefusalReason } from '../../fixtures/refusals.ts'
import type { Observation } from '../probe/observation.ts'
import { served, type RefuseCell } from '../scenario/index.ts'
import type { LogLine } from '../world/log-line.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { judge } from './judge.ts'
import { alerted, build, given, noCertificate, refusal, refuseCell, rejected, seen } from './testing/seen.ts'

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

test('plaintext that net/http answers in place of etcd is turned away, and no other answer is', () => {
  const words = 'Client sent an HTTP request to an HTTPS server.\n'
  const line = rejected('tls: first record does not look like a TLS handshake')
  const answer = (status: number, body: string, ...log: LogLine[]) =>
    seen({ http: { status, headers: {}, body }, closed: { how: 'ours', after: 2 }, log })
  const verdict = (reason: RefusalReason, probe: Observation, go = build.go) =>
    judge({ ...cell, because: { reason } }, { ...build, go }, refusal({ probe, again: probe })).verdict
  expect(verdict('plaintext-to-automatic-tls', answer(400, words))).toBe('pass')
  expect(verdict('plaintext-to-tls', answer(400, words, line))).toBe('pass')
  expect(verdict('plaintext-to-tls', answer(400, words))).toBe('inconclusive')
  for (const other of [answer(400, `${words} `), answer(400, ''), answer(404, words), answer(200, words)])
    expect(verdict('plaintext-to-automatic-tls', other)).toBe('fail')
  expect(verdict('plaintext-to-automatic-tls', answer(400, words), '1.11.13')).toBe('fail')
  expect(verdict('unknown-authority', answer(400, words))).toBe('fail')
})
