import { describe, expect, test } from 'vitest'
import {
  certificateOf,
  cluster,
  dialled,
  dials,
  formed,
  forms,
  http,
  notFormed,
  served,
  type Cell,
  type DialCell,
  type FormCell,
  type NoFormCell,
  type ServeCell,
} from '../scenario/index.ts'
import { identity } from '../../fixtures/pki/leaf.ts'
import type { Observation } from '../probe/observation.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import { formSeen, peerLine } from './testing/members.ts'
import { build, ended, evidence, ok, seen } from './testing/seen.ts'

const given = cluster({ members: { m1: { options: {} }, m2: { options: {} } } })
const unhealthy = (error: string) =>
  parseLogLine(JSON.stringify({ level: 'warn', msg: 'prober detected unhealthy status', error }), 0)
const verdict = (cell: Cell, more: Partial<Evidence>, logical?: (text: string) => string) =>
  judge(cell, build, evidence(more), logical).verdict

describe('members that form a cluster', () => {
  const cell: FormCell = { given, when: forms(), then: formed() }

  test.each([
    ['pass', 'all serve, are listed and read', formSeen()],
    ['fail', 'one ended', formSeen({ started: false, exit: 1 })],
    ['inconclusive', 'one does not serve, and nothing says why', formSeen({ started: false })],
    ['fail', 'one is not listed', formSeen({ listed: [] })],
    ['fail', 'one is listed with another scheme', formSeen({ listed: ['http://m2:2380', 'http://m2:2379'] })],
    ['fail', 'one is listed without its URL for clients', formSeen({ listed: ['https://m2:2380'] })],
    ['pass', 'what was announced was not noted yet', formSeen({ announced: undefined })],
    ['fail', "one's key is not read through the other", formSeen({ readThrough: [] })],
    ['inconclusive', 'nothing was tried', undefined],
  ])('are %s when %s', (expected, _, probe: Observation | undefined) => {
    expect(verdict(cell, probe === undefined ? {} : { probe })).toBe(expected)
  })

  test('are inconclusive when a call had no answer, unless one ended', () => {
    const asked = (more: Parameters<typeof formSeen>[0]): Observation => {
      const { form, ...rest } = formSeen(more)
      return { ...rest, form: { members: form?.members ?? [], unanswered: 'no leader' } }
    }
    expect(verdict(cell, { probe: asked({ readThrough: [] }) })).toBe('inconclusive')
    expect(verdict(cell, { probe: asked({ started: false, exit: 1 }) })).toBe('fail')
  })

  test('deviate as declared by what the member that was asked logged since it started', () => {
    const known = { verdict: 'fail', seen: { log: /certificate is valid for m2/ }, why: 'a' } as const
    const line = peerLine('x509: certificate is valid for m2.etcd.local')
    const stale = (logs: Evidence['logs']) =>
      judge({ ...cell, known }, build, evidence({ probe: formSeen({ started: false }), log: [], logs }))
        .declared?.stale
    expect([stale({ m1: [line], m2: [] }), stale({ m1: [peerLine('EOF')], m2: [line] })]).toEqual([
      false,
      true,
    ])
  })

  test('are a fail, too, when the first one never served', () => {
    const logs = { m1: [peerLine('tls: bad certificate')] }
    expect(verdict(cell, { start: ended(1), probe: formSeen({ started: false }), logs })).toBe('fail')
  })

  test.each([
    ['fail', 'refused', peerLine('client certificate authentication failed')],
    ['fail', 'refused by who dials', unhealthy('tls: failed to verify certificate: x509: signed by another')],
    ['inconclusive', 'not made', unhealthy('dial tcp 10.138.1.2:2380: connect: connection refused')],
    ['inconclusive', 'broken off', peerLine('EOF')],
  ])('of which one does not serve are %s where a connection was %s', (expected, _, line) => {
    expect(verdict(cell, { probe: formSeen({ started: false }), logs: { m2: [line] } })).toBe(expected)
  })

  test('have all the texts in their logs, with the version and the addresses of the page', () => {
    const logs = { m1: [parseLogLine('2026-11-22 15:00:00.000000 I | x: 3.6.16 at 10.138.1.2', 0)] }
    const asking = (text: string): FormCell => ({ ...cell, then: formed({ logs: { m1: [text] } }) })
    const logical = (text: string) => text.replaceAll('10.138.1.2', '10.138.0.2')
    const judged = (text: string) => verdict(asking(text), { probe: formSeen(), logs }, logical)
    expect(judged('<version> at 10.138.0.2')).toBe('pass')
    expect(judged('3.5.0 at')).toBe('fail')
    expect(judged('')).toBe('fail')
    expect(verdict(asking('<version>'), { probe: formSeen() })).toBe('fail')
  })

  test('drift when the whole log of the member that is asked lacks the printed line', () => {
    const printed = { ...cell, printed: { text: 'serving' } }
    const log = [parseLogLine('serving', 0)]
    expect(verdict(printed, { probe: formSeen(), log })).toBe('pass')
    expect(verdict(printed, { probe: formSeen(), log: [] })).toBe('drift')
  })
})

describe('members that form no cluster', () => {
  const cell: NoFormCell = {
    given,
    when: forms(),
    then: notFormed({ by: 'm1', from: 'm2' }),
    because: { reason: 'common-name' },
    unlike: given,
  }
  const line = peerLine('client certificate authentication failed')
  const apart = { started: false, listed: [], readThrough: [] }
  const good = { probe: formSeen(apart, [line, line, line]), control: formSeen() }

  test.each([
    ['pass', 'one turns the other away three times', {}],
    ['inconclusive', 'it does so twice only', { probe: formSeen(apart, [line, line]) }],
    ['inconclusive', 'the address is another', { probe: formSeen(apart, [line, line, line], '10.138.1.8') }],
    ['inconclusive', 'the reason is another', { probe: formSeen(apart, Array(3).fill(peerLine('EOF'))) }],
    ['inconclusive', 'the control forms none', { control: formSeen(apart) }],
    ['inconclusive', 'who refuses ended', { alive: false }],
    ['fail', 'who is refused serves', { probe: formSeen({}, [line, line, line]) }],
    [
      'fail',
      'who is refused is listed as started',
      { probe: formSeen({ ...apart, listed: ['https://m2:2380'] }, [line, line, line]) },
    ],
  ])('are %s when %s', (expected, _, more: Partial<Evidence>) => {
    expect(verdict(cell, { ...good, ...more })).toBe(expected)
  })

  test('have the control for the line that a build does not log', () => {
    const old = { etcd: '3.1.20', go: '1.8.7' }
    const unlogged = { ...good, probe: formSeen(apart) }
    const verdictOn = (more: Partial<Evidence>) =>
      judge(cell, old, evidence({ ...unlogged, ...more })).verdict
    expect(verdictOn({})).toBe('pass')
    expect(verdictOn({ control: formSeen(apart) })).toBe('inconclusive')
  })
})

const shown = { cn: 'm1' }
const fingerprints = { [identity(shown)]: 'AB:CD' }
const certificate = (fingerprint: string) => ({
  subject: 'CN=m1',
  issuer: 'CN=ca',
  serial: '1',
  names: '',
  notBefore: '',
  notAfter: '',
  fingerprint,
  pem: '',
})

describe('a member that dials', () => {
  const cell: DialCell = { given, when: dials(), then: dialled(shown) }
  const dial = (fingerprint?: string, more: Partial<NonNullable<Observation['dial']>> = {}): Observation =>
    seen({
      dial: { from: '10.138.1.2', ...(fingerprint && { certificate: certificate(fingerprint) }), ...more },
    })

  test.each([
    ['pass', 'shows the certificate', dial('AB:CD')],
    ['fail', 'shows another one', dial('EF')],
    ['fail', 'shows none', dial()],
    ['fail', 'shows it, and sends in clear, too', dial('AB:CD', { inClear: 'GET / HTTP/1.1' })],
    ['fail', 'sends in clear alone', dial(undefined, { inClear: 'GET / HTTP/1.1' })],
    ['inconclusive', 'does not dial', seen()],
  ])('is %s when it %s', (expected, _, probe) => {
    expect(verdict(cell, { probe, fingerprints })).toBe(expected)
  })

  test('is inconclusive when what was to be shown is not known', () => {
    expect(verdict(cell, { probe: dial('AB:CD') })).toBe('inconclusive')
  })
})

test('a served answer shows the certificate that was asked for', () => {
  const cell: ServeCell = {
    given,
    when: http({ scheme: 'https', path: '/' }),
    then: served({ shows: shown }),
  }
  const showing = (fingerprint: string) => ({
    probe: { ...ok, tls: { handshake: true, server: certificate(fingerprint) } },
    fingerprints,
  })
  expect(certificateOf(shown)).toMatchObject({ file: 'certificate' })
  expect(verdict(cell, showing('AB:CD'))).toBe('pass')
  expect(verdict(cell, showing('EF'))).toBe('fail')
  expect(verdict(cell, { probe: ok, fingerprints })).toBe('fail')
})
