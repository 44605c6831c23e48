import { describe, expect, test } from 'vitest'
import type { Observation } from '../probe/observation.ts'
import { etcd, http, served, starts, notStarted, type RefuseCell, type ServeCell } from '../scenario/index.ts'
import { judge } from './judge.ts'
import {
  alerted,
  ask,
  build,
  ended,
  evidence,
  given,
  noCertificate,
  ok,
  refusal,
  refuseCell,
  rejected,
  seen,
} from './testing/seen.ts'

const cell: RefuseCell = {
  ...refuseCell,
  unlike: http({ scheme: 'https', path: '/version', tls: { as: {} } }),
  without: given,
}
const verdict = (more: Parameters<typeof refusal>[0], asked = cell) =>
  judge(asked, build, refusal(more)).verdict
const silent = seen({ answered: false, closed: { how: 'limit', after: 5000 } })
const closed = seen({ answered: false, closed: { how: 'end', after: 5 } })

test('a process that ended by itself afterwards leaves nothing sure, neither a kept promise nor a broken one', () => {
  const endedLater = ['m1 ended with exit 2']
  const judged = judge(cell, build, refusal({ endedLater }))
  expect(judged).toMatchObject({
    verdict: 'inconclusive',
    why: ['what it met ends only when it is told to; seen: m1 ended with exit 2'],
  })
  expect(verdict({ probe: ok, endedLater })).toBe('inconclusive')
})

describe('a refusal', () => {
  test('with every piece of evidence passes', () => {
    expect(judge(cell, build, refusal())).toMatchObject({ verdict: 'pass', why: [] })
  })

  test.each([
    ['the probe is served', { probe: ok }],
    ['it is served the second time', { again: ok }],
    [
      'the application answers, though with an error',
      { probe: seen({ ...ok, http: { status: 404, headers: {}, body: '' } }) },
    ],
  ])('fails when %s', (_, more) => {
    expect(verdict(more)).toBe('fail')
  })

  test.each([
    ['another alert is sent', { probe: alerted(42, 'bad_certificate', [noCertificate]) }],
    ['the log gives another reason', { probe: alerted(116, 'certificate_required', [rejected('EOF')]) }],
    ['no log line belongs to the connection', { probe: alerted(116, 'certificate_required', []) }],
    ['the second refusal has no reason', { again: alerted(116, 'certificate_required', []) }],
    ['nothing comes', { probe: silent, again: silent }],
    ['the connection is closed without a word', { probe: closed, again: closed }],
    [
      'nobody listens',
      { probe: seen({ connected: false, answered: false, closed: { how: 'refused', after: 1 } }) },
    ],
    ['the control is refused before', { before: alerted(116, 'certificate_required', [noCertificate]) }],
    ['the control is refused after', { after: silent }],
    ['the control was not tried', { after: undefined }],
    ['the process ended', { alive: false }],
    [
      'the world without the guard refuses too',
      { without: alerted(116, 'certificate_required', [noCertificate]) },
    ],
    ['the world without the guard was not tried', { without: undefined }],
  ])('is inconclusive when %s', (_, more) => {
    expect(verdict(more as Parameters<typeof refusal>[0])).toBe('inconclusive')
  })

  test('by status that etcd logs for another host is inconclusive', () => {
    const misdirected = seen({ http: { status: 421, headers: {}, body: '' } })
    const hostCell = { ...cell, because: { reason: 'host-not-whitelisted' as const } }
    expect(verdict({ probe: misdirected, again: misdirected }, hostCell)).toBe('inconclusive')
  })

  test('that prints another alert than the page is drift, and a declaration of it holds', () => {
    const printed = { ...cell, printed: { alert: 42 } }
    expect(verdict({}, printed)).toBe('drift')
    const known = { verdict: 'drift' as const, go: '>=1.21', seen: { alert: 116 }, why: 'Go 1.21 changed it' }
    expect(judge({ ...printed, known }, build, refusal())).toMatchObject({
      verdict: 'drift',
      declared: { stale: false },
    })
  })
})

describe('a declaration', () => {
  const known = { verdict: 'fail' as const, builds: '>=3.4.0', seen: { status: 200 }, why: 'not so' }
  test('holds when the build deviates as declared', () => {
    expect(judge({ ...cell, known }, build, refusal({ probe: ok }))).toMatchObject({
      verdict: 'fail',
      declared: { stale: false },
    })
  })
  test('is stale when the build keeps the promise', () => {
    expect(judge({ ...cell, known }, build, refusal())).toMatchObject({
      verdict: 'pass',
      declared: { stale: true },
    })
  })
  test('is stale when its evidence is not seen', () => {
    const other = { ...known, seen: { status: 204 } }
    expect(judge({ ...cell, known: other }, build, refusal({ probe: ok }))).toMatchObject({
      declared: { stale: true },
    })
  })
  test('does not speak of other builds', () => {
    const other = { ...known, builds: '<3.4.0' }
    expect(judge({ ...cell, known: other }, build, refusal({ probe: ok })).declared).toBeUndefined()
  })
  test('does not excuse a control that came out wrong, or a process that ended', () => {
    const serve: ServeCell = { given, when: ask, then: served({ contains: ['set'] }), unlike: ask }
    const body = seen({ http: { status: 200, headers: {}, body: '' } })
    const turned = alerted(116, 'certificate_required', [noCertificate])
    const declared = (more: Parameters<typeof evidence>[0]) =>
      judge({ ...serve, known }, build, evidence({ probe: body, after: turned, ...more })).declared?.stale
    expect(declared({})).toBe(false)
    expect(declared({ after: ok })).toBe(true)
    expect(declared({ alive: false })).toBe(true)
    // A control that deviates like the probe shows no difference: the guard may be gone.
    const missing = seen({ http: { status: 404, headers: {}, body: 'not found' } })
    const no404 = { ...known, seen: { status: 404 } }
    const both = (after: Observation) =>
      judge({ ...serve, known: no404 }, build, evidence({ probe: missing, after })).declared?.stale
    expect(both(turned)).toBe(false)
    expect(both(missing)).toBe(true)
    const unlogged = { ...no404, seen: { status: 404, unlogged: /bad certificate/ } }
    const log = [noCertificate]
    const quiet = (after: Observation) =>
      judge({ ...serve, known: unlogged }, build, evidence({ probe: missing, after, log })).declared?.stale
    expect([quiet(turned), quiet(missing)]).toEqual([false, true])
  })
  test('does not excuse what is inconclusive', () => {
    const judged = judge({ ...cell, known }, build, refusal({ probe: silent, again: silent }))
    expect(judged).toMatchObject({ verdict: 'inconclusive' })
    expect(judged.declared).toBeUndefined()
  })
})

describe('a served answer', () => {
  const serve: ServeCell = { given, when: ask, then: served({ contains: ['3.6.16'] }) }
  test.each([
    ['pass', ok],
    ['fail', seen({ http: { status: 503, headers: {}, body: '3.6.16' } })],
    ['fail', seen({ http: { status: 200, headers: {}, body: 'something else' } })],
    ['fail', alerted(40, 'handshake_failure', [])],
    ['fail', silent],
    ['fail', closed],
    ['inconclusive', seen({ connected: false, answered: false, closed: { how: 'refused', after: 1 } })],
  ])('%s', (expected, probe) => {
    expect(judge(serve, build, evidence({ probe })).verdict).toBe(expected)
  })
  test('is inconclusive when the world did not start', () => {
    expect(judge(serve, build, evidence({ start: ended(1) })).verdict).toBe('inconclusive')
  })
  test('fails when the build ends as is declared of it, and only then', () => {
    const message = 'self-signed certs: the validity is invalid'
    const start = ended(1, { index: 0, raw: message, message })
    const declaring = (log: RegExp) => {
      const known = { verdict: 'fail', seen: { started: false, exit: 1, log }, why: 'it has none' } as const
      const { verdict, declared } = judge({ ...serve, known }, build, evidence({ start }))
      return [verdict, declared?.stale]
    }
    expect(declaring(/validity is invalid/)).toEqual(['fail', false])
    expect(declaring(/no such file/)).toEqual(['inconclusive', undefined])
  })
  const ignorant = (flag: string, whitelist = given) => {
    const message = `flag provided but not defined: -${flag}`
    const start = ended(2, { index: 0, raw: message, message })
    return judge({ ...serve, given: whitelist }, build, evidence({ start })).verdict
  }
  test('fails when the build does not know an option of the page', () => {
    expect(ignorant('host-whitelist', etcd({ options: { 'host-whitelist': 'm1' } }))).toBe('fail')
  })
  test('is inconclusive when the build does not know an option of the harness', () => {
    expect(ignorant('heartbeat-interval', etcd({ options: { 'host-whitelist': 'm1' } }))).toBe('inconclusive')
  })
})

describe('a process that must not start', () => {
  const noStart = {
    given,
    when: starts(),
    then: notStarted(),
    because: { failure: 'certificate-without-key' as const },
    unlike: given,
  }
  test('fails when it starts', () => {
    expect(judge(noStart, build, evidence({ control: ok })).verdict).toBe('fail')
  })
  test('is inconclusive when it ends for another reason', () => {
    const start = ended(1, rejected('EOF'))
    expect(judge(noStart, build, evidence({ start, control: evidence().start })).verdict).toBe('inconclusive')
  })
})
