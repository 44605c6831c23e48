import { describe, expect, test } from 'vitest'
import { cluster, joined, joins, refused, type JoinCell, type NoJoinCell } from '../scenario/index.ts'
import type { Observation } from '../probe/observation.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import { candidateAddress, dialLine, joinSeen, peerLine, turnedAway } from './testing/members.ts'
import { build, evidence } from './testing/seen.ts'

const given = cluster({
  members: { a: { options: {} }, c: { options: {} }, b: { role: 'candidate', options: {} } },
})
const goingOn = (seen: Observation): Observation => {
  const { exit: _, ...join } = seen.join ?? {}
  return { ...seen, join } as Observation
}
const verdict = (cell: JoinCell | NoJoinCell, more: Partial<Evidence>) =>
  judge(cell, build, evidence(more)).verdict

describe('a join that is promised', () => {
  const cell: JoinCell = { given, when: joins('b'), then: joined() }

  test.each([
    ['pass', 'it joins', joinSeen()],
    ['fail', 'it ends', turnedAway([])],
    ['fail', 'it serves by itself', joinSeen({ listed: false })],
    ['fail', 'its key is not read', joinSeen({ writtenAndRead: false })],
    ['inconclusive', 'it is not taken into the list', joinSeen({ added: 'why not', started: false })],
    ['inconclusive', 'a call has no answer', joinSeen({ writtenAndRead: false, unanswered: 'no leader' })],
    ['inconclusive', 'it neither serves nor ends', goingOn(turnedAway([]))],
  ])('is %s when %s', (expected, _, probe) => {
    expect(verdict(cell, { probe })).toBe(expected)
  })

  test('is inconclusive when the member that was asked ended, or nothing was tried', () => {
    expect(verdict(cell, { probe: joinSeen(), alive: false })).toBe('inconclusive')
    expect(verdict(cell, {})).toBe('inconclusive')
  })

  test('fails when names were not asked for as promised', () => {
    const asking: JoinCell = { ...cell, then: joined({ asked: ['A b.com'] }) }
    const question = { from: '10.138.1.2', type: 'A', name: 'b.com', rcode: 'NOERROR' }
    expect(verdict(asking, { probe: { ...joinSeen(), dns: [question] } })).toBe('pass')
    expect(verdict(asking, { probe: { ...joinSeen(), dns: [{ ...question, name: 'c.com' }] } })).not.toBe(
      'pass',
    )
  })
})

const expired =
  'tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-11-22T15:00:00Z is after 2026-11-21T15:00:00Z'
const told = dialLine('remote error: tls: expired certificate')

describe('a refusal by the cluster', () => {
  const cell: NoJoinCell = {
    given,
    when: joins('b'),
    then: refused({ by: 'a' }),
    because: { reason: 'expired' },
    unlike: joins('b', {}),
  }
  const good = { probe: turnedAway([peerLine(expired)], [told]), after: joinSeen() }

  test('passes with the reason for its address, its alert and the control', () => {
    expect(verdict(cell, good)).toBe('pass')
  })

  test('passes without an alert: the reset may swallow it', () => {
    expect(verdict(cell, { ...good, probe: turnedAway([peerLine(expired)], [dialLine('EOF')]) })).toBe('pass')
  })

  test.each([
    ['fail', 'it serves', { probe: joinSeen({}, [peerLine(expired)]) }],
    ['fail', 'it is listed as started', { probe: turnedAway([peerLine(expired)], [told], { listed: true }) }],
    ['inconclusive', 'there is no line', { probe: turnedAway([], [told]) }],
    ['inconclusive', 'the line has another reason', { probe: turnedAway([peerLine('EOF')], [told]) }],
    [
      'inconclusive',
      'the line is about another address',
      { probe: turnedAway([peerLine(expired, '10.138.1.7')]) },
    ],
    [
      'inconclusive',
      'the alert is another one',
      { probe: turnedAway([peerLine(expired)], [dialLine('remote error: tls: bad certificate')]) },
    ],
    [
      'inconclusive',
      'it was not taken into the list',
      { probe: turnedAway([peerLine(expired)], [told], { added: 'no' }) },
    ],
    [
      'inconclusive',
      'it ended for a reason of its own',
      {
        probe: turnedAway([peerLine(expired)], [told], {
          said: [told, dialLine('bind: address already in use')],
        }),
      },
    ],
    ['inconclusive', 'it was killed', { probe: turnedAway([peerLine(expired)], [told], { exit: 137 }) }],
    ['inconclusive', 'it goes on trying', { probe: goingOn(turnedAway([peerLine(expired)], [told])) }],
    ['inconclusive', 'the control ends', { after: turnedAway([]) }],
    ['inconclusive', 'the control is not listed', { after: joinSeen({ listed: false }) }],
    ['inconclusive', 'the control is refused by its line', { after: joinSeen({}, [peerLine(expired)]) }],
    ['inconclusive', 'the member that was asked ended', { alive: false }],
  ])('is %s when %s', (expected, _, more: Partial<Evidence>) => {
    expect(verdict(cell, { ...good, ...more })).toBe(expected)
  })

  test('needs the world without the guard where there is one', () => {
    const backed = { ...cell, without: given }
    expect(verdict(backed, good)).toBe('inconclusive')
    expect(verdict(backed, { ...good, without: turnedAway([]) })).toBe('inconclusive')
    expect(verdict(backed, { ...good, without: joinSeen() })).toBe('pass')
  })

  test('of a peer whose handshake is complete has no alert', () => {
    const san: NoJoinCell = { ...cell, because: { reason: 'ip-san-mismatch' } }
    const line = peerLine('x509: certificate is valid for 10.138.0.27, not 10.138.1.9')
    expect(verdict(san, { ...good, probe: turnedAway([line], [dialLine('EOF')]) })).toBe('pass')
    expect(verdict(san, { ...good, probe: turnedAway([line], [told]) })).toBe('inconclusive')
  })
})

describe('a refusal by the candidate', () => {
  const cell: NoJoinCell = {
    given,
    when: joins('b'),
    then: refused({ by: 'b' }),
    because: { reason: 'dialler-refuses-common-name' },
    unlike: joins('b', {}),
  }
  const said = [dialLine('client certificate authentication failed')]
  const alert = peerLine('remote error: tls: bad certificate')
  const good = { probe: turnedAway([alert], said), after: joinSeen() }

  test.each([
    ['pass', 'it says why and the member is told', {}],
    ['inconclusive', 'it says nothing', { probe: turnedAway([alert], []) }],
    ['inconclusive', 'it says otherwise', { probe: turnedAway([alert], [told]) }],
    ['inconclusive', 'the member is told nothing', { probe: turnedAway([], said) }],
    [
      'inconclusive',
      'another address tells the member',
      { probe: turnedAway([peerLine('remote error: tls: bad certificate', '10.138.1.7')], said) },
    ],
    ['fail', 'it joins', { probe: joinSeen() }],
  ])('is %s when %s', (expected, _, more: Partial<Evidence>) => {
    expect(verdict(cell, { ...good, ...more })).toBe(expected)
  })

  test('is told in one sentence', () => {
    const { seen } = judge(cell, build, evidence(good))
    expect(seen).toContain('b ended with exit 1: failed to get cluster response')
    expect(candidateAddress).toBe(good.probe.localAddress)
  })
})
