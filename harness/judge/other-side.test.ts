import { describe, expect, test } from 'vitest'
import { etcd, served, started, starts, type Before, type Cell } from '../scenario/index.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { check, finding } from './check.ts'
import { judge } from './judge.ts'
import { absentLine, onOtherSide } from './other-side.ts'
import { ask, ended, evidence, given, ok, ready, refusal, refuseCell, seen } from './testing/seen.ts'

const old = { etcd: '3.2.4', go: '1.8.7' }
const stepped = (before?: Before, more: Partial<Cell> = {}): Cell =>
  ({ ...refuseCell, since: ['3.2.5', '3.3.4'], ...(before && { before }), ...more }) as Cell
const accepted = refusal({ probe: ok, again: ok })
const how = { how: 'nobody asks for it', seen: { status: 200 } }

describe('before the step a refusal', () => {
  test('is absent when the probe is served, and how is told', () => {
    const { verdict, checks, side } = judge(stepped(how), old, accepted)
    expect(verdict).toBe('pass')
    expect(side).toEqual({ is: 'before', step: '3.2.5', present: false, how: 'nobody asks for it' })
    expect(checks[0]?.expected).toBe('before 3.2.5 the behaviour is absent: nobody asks for it')
  })

  test('is a broken promise of the page when it is there', () => {
    const refusing = refusal()
    const { verdict, side, why } = judge(stepped(how), { etcd: '3.2.4', go: '1.26.10' }, withoutLog(refusing))
    expect(verdict).toBe('inconclusive')
    expect(side).toEqual({ is: 'before', step: '3.2.5' })
    expect(why).not.toEqual([])
    const there = judge(stepped(how), { etcd: '3.6.16', go: '1.26.10' }, refusing)
    expect(there.verdict).toBe('pass')
    const later = { ...stepped(how), since: '3.7.0' } as Cell
    expect(judge(later, { etcd: '3.6.16', go: '1.26.10' }, refusing)).toMatchObject({
      verdict: 'fail',
      side: { is: 'before', present: true },
    })
  })

  test('is not proved absent when the evidence is another one', () => {
    const other = { how: 'it says so', seen: { status: 421 } }
    const { verdict, why } = judge(stepped(other), old, accepted)
    expect(verdict).toBe('inconclusive')
    expect(why).toEqual([
      'it is absent as the claim says; seen: status 421',
      'it is absent as the claim says, the second time, too; seen: status 421',
    ])
  })

  test('is not proved absent by a text that is in none of its own lines, where the log has it elsewhere', () => {
    const unlogged = stepped({ how: 'nobody looks', seen: { unlogged: /turned away/ } })
    const line = (message: string) => parseLogLine(`2026-11-22 15:00:00.000000 I | embed: ${message}`, 0)
    const probe = { ...ok, log: [line('served')] }
    const verdictOf = (...log: string[]) =>
      judge(unlogged, old, { ...accepted, probe, again: probe, log: log.map(line) }).verdict
    expect(verdictOf('served', 'ready')).toBe('pass')
    expect(verdictOf('served', 'turned away')).toBe('inconclusive')
  })

  test.each([
    ['the control is refused, too', { after: seen({ answered: false, closed: { how: 'end', after: 1 } }) }],
    ['the process ended', { alive: false }],
  ])('is not proved absent when %s', (_, more) => {
    expect(judge(stepped(how), old, { ...accepted, ...more }).verdict).toBe('inconclusive')
  })

  test('that comes out the same is judged as ever', () => {
    const alike = { alike: 'nothing is checked' }
    expect(judge(stepped(alike), old, accepted)).toMatchObject({
      verdict: 'fail',
      side: { present: false, alike: true, how: 'nothing is checked' },
    })
  })
})

const withoutLog = (all: ReturnType<typeof refusal>) => ({
  ...all,
  probe: seen({ answered: false, closed: { how: 'limit', after: 5000 } }),
})

describe('an excepted release', () => {
  const cell = { ...stepped(how), since: '3.1.0', except: ['3.2.4'] } as Cell
  test('must lack it', () => {
    expect(judge(cell, old, accepted)).toMatchObject({
      verdict: 'pass',
      side: { is: 'excepted', step: '3.2.4', present: false },
    })
  })
  test('is the only one to lack it', () => {
    expect(judge(cell, { ...old, etcd: '3.2.5' }, accepted)).toMatchObject({
      verdict: 'fail',
      side: { is: 'since', step: '3.1.0', present: false },
    })
  })
})

describe('an option', () => {
  const unknown = ended(
    2,
    parseLogLine('flag provided but not defined: -cipher-suites', 0),
    parseLogLine('Usage:', 1),
  )
  const listed = etcd({ options: { 'cipher-suites': 'TLS_A' } })
  const start = { given: listed, when: starts(), then: started(), since: '3.3.7' } as Cell

  test('that is not known is absent, whatever was to be seen with it', () => {
    expect(judge(start, old, evidence({ start: unknown }))).toMatchObject({
      verdict: 'pass',
      side: { present: false },
    })
    const serving = { ...start, when: ask, then: served() } as Cell
    expect(judge(serving, old, evidence({ start: unknown })).verdict).toBe('pass')
  })

  test('is not absent because etcd ended for another reason', () => {
    const failed = ended(1, parseLogLine('2026-11-22 15:00:00.000000 C | etcdmain: no such file', 0))
    expect(judge(start, old, evidence({ start: failed })).verdict).toBe('inconclusive')
  })

  test('that is known before is there already', () => {
    expect(judge(start, old, evidence({ start: ready }))).toMatchObject({
      verdict: 'fail',
      side: { present: true },
    })
  })
})

describe('a declaration', () => {
  const why = 'it was there all along'
  const known = [
    { verdict: 'fail', seen: { status: 500 }, why: "of the page's own builds" },
    { verdict: 'fail', side: 'before', seen: { status: 200 }, why },
  ] as const
  const cell = { given, when: ask, then: served(), since: '3.3.4', known } as Cell

  test('speaks of the side it is for', () => {
    const { verdict, declared } = judge(cell, old, evidence({ probe: ok }))
    expect(verdict).toBe('fail')
    expect(declared).toMatchObject({ why, stale: false })
  })
  test('of the other side is not asked', () => {
    const turned = evidence({ probe: seen({ http: { status: 404, headers: {}, body: '' } }) })
    const { verdict, declared } = judge({ ...cell, known: known[0] }, old, turned)
    expect(verdict).toBe('pass')
    expect(declared).toBeUndefined()
  })
})

describe('where the control comes out like the probe', () => {
  const both = { on: 'control', how: 'nobody is told apart', seen: { status: 200 } } as const
  const serving = { given, when: ask, then: served(), unlike: ask, since: '3.2.5', before: both } as Cell
  const turnedAway = seen({ answered: false, closed: { how: 'end', after: 1 } })

  test('a check is absent that should turn it away', () => {
    expect(judge(serving, old, evidence({ probe: ok, after: ok }))).toMatchObject({
      verdict: 'pass',
      side: { present: false, how: 'nobody is told apart' },
    })
  })
  test('it is not, where it is turned away', () => {
    expect(judge(serving, old, evidence({ probe: ok, after: turnedAway })).verdict).toBe('fail')
  })
  test('a check is absent that should let it in', () => {
    const refusing = stepped({ on: 'control', how: 'all are turned away' })
    const all = { ...refusal(), before: turnedAway, after: turnedAway }
    expect(judge(refusing, old, all).verdict).toBe('pass')
    expect(judge(refusing, old, { ...all, alive: false }).verdict).toBe('inconclusive')
    expect(judge(refusing, old, { ...all, before: ok }).verdict).toBe('inconclusive')
  })
})

test('of several sayings the first that speaks of the build counts', () => {
  const before = [{ builds: '<3.2.0', alike: 'no check at all' }, how]
  expect(judge(stepped(how, { before }), old, accepted).side).toMatchObject({ how: 'nobody asks for it' })
  expect(judge(stepped(how, { before }), { ...old, etcd: '3.1.20' }, accepted).side).toMatchObject({
    alike: true,
  })
})

describe('a timeline', () => {
  const step = (name: string, met: true | string) =>
    ({ name, do: 'connect', began: 0, ended: 1, what: name, met }) as const
  const steps = [step('before', true), step('after', 'the certificate shown is second; seen: first')]
  const verdictOf = (named: string) =>
    onOtherSide(finding([check('then', false, 'it is kept', 'it is not')], true), {
      cell: stepped({ how: 'the old one stays', step: named }),
      build: old,
      evidence: evidence({ steps }),
      probe: ok,
      side: { is: 'before', step: '3.2.5' },
    }).checks.map(({ met }) => met)
  test('is absent at the step that tells', () => {
    expect(verdictOf('after')).toEqual([true, true, true])
    expect(verdictOf('before')).toEqual([true, false, true])
  })
})

describe('the line of an absence', () => {
  const log = /does not match/
  const line = parseLogLine('2026-11-23 03:06:14.411521 I | etcdmain: "10.0.0.2" does not match', 0)

  test('is waited for after the act that it is about', () => {
    const onProbe = stepped({ how: 'it is turned away', seen: { log } })
    expect(absentLine(onProbe, old)?.(line)).toBe(true)
    expect(absentLine(onProbe, old, 'control')).toBeUndefined()
    const onControl = stepped({ how: 'both are', on: 'control', seen: { log } })
    expect(absentLine(onControl, old)).toBeUndefined()
    expect(absentLine(onControl, old, 'control')?.(line)).toBe(true)
  })

  test("is none on the page's own side, nor where it comes out alike", () => {
    expect(absentLine(stepped({ how: 'it is', seen: { log } }), { ...old, etcd: '3.2.5' })).toBeUndefined()
    expect(absentLine(stepped({ alike: 'nothing is checked' }), old)).toBeUndefined()
  })
})
