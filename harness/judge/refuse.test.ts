import { describe, expect, test } from 'vitest'
import type { Observation } from '../probe/observation.ts'
import {
  clientRefuses,
  curl,
  grpc,
  http,
  served,
  type ClientRefusesCell,
  type RefuseCell,
} from '../scenario/index.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import {
  alerted,
  build,
  evidence,
  given,
  noCertificate,
  ok,
  refusal,
  refuseCell,
  rejected,
  seen,
} from './testing/seen.ts'

const cell = refuseCell
const verdict = (seenOf: Evidence, asked: RefuseCell | ClientRefusesCell = cell) =>
  judge(asked, build, seenOf).verdict

describe('a refusal by TLS', () => {
  test('is no pass when two connections had one port: whose is the log line?', () => {
    const probe = alerted(116, 'certificate_required', [noCertificate])
    const after = { ...ok, localPort: 40_002 }
    const again = { ...probe, localPort: 40_003 }
    const whose = (port: number) => evidence({ before: { ...ok, localPort: port }, probe, after, again })
    expect(verdict(whose(40_001))).toBe('pass')
    expect(verdict(whose(40_000))).toBe('inconclusive')
  })

  test.each([
    [
      'inconclusive',
      'is refused for another reason',
      alerted(116, 'certificate_required', [rejected('EOF')]),
    ],
    ['inconclusive', 'gets another alert', alerted(48, 'unknown_ca', [noCertificate])],
    ['fail', 'is served', ok],
    ['fail', 'is answered', seen({ http: { status: 404, headers: {}, body: '' } })],
  ])('is %s when the second time it %s', (expected, _, again) => {
    expect(verdict(refusal({ again }))).toBe(expected)
  })

  test('of curl, whose alert the reset may swallow, is what the log says', () => {
    const reset = (log: Observation['log']) =>
      seen({
        command: { exit: 56, stdout: '', stderr: 'curl: (56) Recv failure' },
        tls: { handshake: true, version: '1.3' },
        closed: { how: 'reset', after: 3 },
        log,
      })
    const asked = { ...cell, when: curl({ args: [] }) }
    expect(verdict(refusal({ probe: reset([noCertificate]), again: reset([noCertificate]) }), asked)).toBe(
      'pass',
    )
    expect(verdict(refusal({ probe: reset([]), again: reset([]) }), asked)).toBe('inconclusive')
    const other = {
      ...reset([noCertificate]),
      alert: { number: 42, name: 'bad_certificate', direction: 'received' as const },
    }
    expect(verdict(refusal({ probe: other }), asked)).toBe('inconclusive')
  })

  test('of a curl that never connected is none', () => {
    const probe = seen({
      connected: false,
      command: { exit: 56, stdout: '', stderr: '' },
      closed: { how: 'refused', after: 1 },
      log: [noCertificate],
    })
    expect(verdict(refusal({ probe, again: probe }))).toBe('inconclusive')
  })
})

describe('a refusal by gRPC', () => {
  const denied = (details = 'etcdserver: permission denied') =>
    seen({ grpc: { code: 'PERMISSION_DENIED', details } })
  const asked: RefuseCell = {
    ...cell,
    when: grpc({ scheme: 'https', call: 'put' }),
    because: { reason: 'permission-denied' },
  }
  const served = seen({ grpc: { code: 'OK', details: '' } })
  const all = (more: Partial<Evidence> = {}) =>
    refusal({ before: served, probe: denied(), after: served, again: denied(), without: served, ...more })

  test('that etcd does not log passes only with a world without the guard', () => {
    expect(verdict(all(), { ...asked, without: given })).toBe('pass')
    expect(verdict(all(), asked)).toBe('inconclusive')
  })
  test.each([
    ['inconclusive', 'the text is another', { probe: denied('etcdserver: not now') }],
    [
      'inconclusive',
      'the code is another',
      { probe: seen({ grpc: { code: 'UNAUTHENTICATED', details: '' } }) },
    ],
    ['inconclusive', 'the connection broke', { probe: seen({ grpc: { code: 'UNAVAILABLE', details: '' } }) }],
    ['fail', 'the call is served', { probe: served }],
  ])('is %s when %s', (expected, _, more) => {
    expect(verdict(all(more), { ...asked, without: given })).toBe(expected)
  })
})

describe('a refusal by status', () => {
  const line = parseLogLine(
    '{"level":"warn","msg":"rejecting HTTP request to prevent DNS rebinding attacks","host":"attacker.example"}',
    3,
  )
  const status = (code: number) => seen({ http: { status: code, headers: {}, body: '' }, log: [line] })
  const asked: RefuseCell = {
    ...cell,
    when: http({ scheme: 'http', path: '/version', host: 'attacker.example' }),
    because: { reason: 'host-not-whitelisted' },
  }
  test.each([
    ['pass', status(421)],
    ['inconclusive', status(403)],
    ['fail', status(200)],
  ])('is %s', (expected, probe) => {
    expect(verdict(refusal({ probe, again: probe }), asked)).toBe(expected)
  })
})

describe('a client that refuses', () => {
  const told = rejected('remote error: tls: unknown certificate authority')
  const exit60 = (more: Partial<Observation> = {}) =>
    seen({
      answered: true,
      command: {
        exit: 60,
        stdout: '',
        stderr: 'curl: (60) SSL certificate problem: unable to get local issuer',
      },
      tls: { handshake: false, version: '1.2' },
      alert: { number: 48, name: 'unknown_ca', direction: 'sent' },
      closed: { how: 'ours', after: 4 },
      log: [told],
      ...more,
    })
  const asked: ClientRefusesCell = {
    given,
    when: curl({ args: [] }),
    then: clientRefuses(),
    because: { exit: 60, error: /SSL certificate problem/, reason: 'client-sent-unknown-ca' },
    unlike: curl({ args: [] }),
  }
  const around = (probe: Observation) =>
    evidence({ before: { ...ok, localPort: 1 }, probe, after: { ...ok, localPort: 2 } })

  test.each([
    ['pass', 'it says so and etcd saw it', exit60()],
    ['fail', 'it was served', seen({ command: { exit: 0, stdout: '', stderr: '' } })],
    ['inconclusive', 'etcd saw no such thing', exit60({ log: [] })],
    ['inconclusive', 'etcd saw something else', exit60({ log: [rejected('EOF')] })],
    [
      'inconclusive',
      'it ended otherwise',
      exit60({ command: { exit: 35, stdout: '', stderr: 'SSL certificate problem' } }),
    ],
    ['inconclusive', 'it says something else', exit60({ command: { exit: 60, stdout: '', stderr: 'no' } })],
  ])('is %s when %s', (expected, _, probe) => {
    expect(verdict(around(probe), asked)).toBe(expected)
  })

  test('says what older builds let it say', () => {
    const older = { builds: '<3.3.14', exit: 2, error: /deadline exceeded/ }
    const worded: ClientRefusesCell = { ...asked, because: { ...asked.because, older } }
    const timedOut = around(exit60({ command: { exit: 2, stdout: '', stderr: 'deadline exceeded' } }))
    const on = (etcd: string) => judge(worded, { etcd, go: '1.26.10' }, timedOut).why.join()
    expect(on('3.3.14')).toMatch(/exit 60;.*SSL certificate problem/)
    expect(on('3.3.13')).not.toMatch(/exit 2|deadline/)
  })

  test('is no pass when the control had its port', () => {
    const before = { ...ok, localPort: exit60().localPort ?? 0 }
    const shared = evidence({ before, probe: exit60(), after: { ...ok, localPort: 2 } })
    expect(verdict(shared, asked)).toBe('inconclusive')
  })

  const wordless: ClientRefusesCell = { ...asked, because: { exit: 59, error: /cipher list/ } }
  const exit59 = (more: Partial<Observation> = {}) =>
    seen({
      answered: false,
      command: { exit: 59, stdout: '', stderr: 'curl: (59) failed setting cipher list' },
      closed: { how: 'ours', after: 1 },
      ...more,
    })
  test.each([
    ['pass', 'it reached etcd and said nothing', exit59()],
    ['inconclusive', 'it never reached etcd', exit59({ connected: false })],
    ['inconclusive', 'etcd said something', exit59({ answered: true })],
  ])('without a word is %s when %s', (expected, _, probe) => {
    expect(verdict(around(probe), wordless)).toBe(expected)
  })
})

describe('a refusal is none', () => {
  const whole: RefuseCell = { ...cell, control: served({ contains: ['etcdserver'] }) }
  const probe = alerted(116, 'certificate_required', [noCertificate])

  test('when etcd logs it for the control too: the line tells nothing apart', () => {
    const log = [rejected("tls: client didn't provide a certificate", 40_002)]
    expect(verdict(refusal({ log }), whole)).toBe('inconclusive')
    expect(verdict(refusal({ log: [rejected('EOF', 40_002)] }), whole)).toBe('pass')
  })

  test('when the TLS 1.2 handshake was finished before the alert: the request had got through', () => {
    const build = { etcd: '3.6.16', go: '1.24.0' }
    const late = (handshake: boolean) => {
      const seenLate = { ...alerted(42, 'bad_certificate', [noCertificate], '1.2') }
      const one = { ...seenLate, tls: { handshake, version: '1.2' as const } }
      return judge(whole, build, refusal({ probe: one, again: one })).verdict
    }
    expect(late(false)).toBe('pass')
    expect(late(true)).toBe('inconclusive')
  })

  test('when a TLS 1.3 ticket came before the alert: the certificate had been accepted', () => {
    const one = { ...probe, tls: { handshake: true, version: '1.3' as const, ticket: true } }
    expect(verdict(refusal({ probe: one, again: one }), whole)).toBe('inconclusive')
  })

  test('when its answer holds what it refuses', () => {
    const hosts: RefuseCell = {
      ...whole,
      when: http({ scheme: 'http', path: '/version', host: 'attacker.example' }),
      because: { reason: 'host-not-whitelisted' },
    }
    const log = [
      parseLogLine(
        '{"msg":"rejecting HTTP request to prevent DNS rebinding attacks","host":"attacker.example"}',
        0,
      ),
    ]
    const answer = (body: string) => seen({ http: { status: 421, headers: {}, body }, log })
    const judged = (body: string) => verdict(refusal({ probe: answer(body), again: answer(body) }), hosts)
    expect(judged('the Host header was unrecognized')).toBe('pass')
    expect(judged('{"etcdserver":"3.6.16"}')).toBe('fail')
  })

  test('of curl that lost no alert to a reset, but was closed in order', () => {
    const asked = { ...cell, when: curl({ args: [] }) }
    const closed = (how: 'reset' | 'end') =>
      seen({
        command: { exit: 52, stdout: '', stderr: 'curl: (52) Empty reply from server' },
        tls: { handshake: true, version: '1.3' },
        closed: { how, after: 3 },
        log: [noCertificate],
      })
    expect(verdict(refusal({ probe: closed('reset'), again: closed('reset') }), asked)).toBe('pass')
    expect(verdict(refusal({ probe: closed('end'), again: closed('end') }), asked)).toBe('inconclusive')
  })
})
