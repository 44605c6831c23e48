import { describe, expect, test } from 'vitest'
import { etcd, formed, forms, notFormed, served, type Before, type Cell } from '../scenario/index.ts'
import type { SeenStep } from '../probe/observation.ts'
import { parseLogLine } from '../world/parse-log-line.ts'
import { check, finding } from './check.ts'
import type { Evidence } from './evidence.ts'
import { judge } from './judge.ts'
import { onOtherSide } from './other-side.ts'
import { formSeen } from './testing/members.ts'
import { alerted, ask, ended, evidence, given, ok, refusal, refuseCell, seen } from './testing/seen.ts'

/** Builds from before a step that misbehave in another way than by the absence of what came with it. */
const old = { etcd: '3.1.20', go: '1.8.7' }
const lacks = (option: string) => ended(2, parseLogLine(`flag provided but not defined: -${option}`, 0))
const none: Before = { how: 'it is not there' }

describe('an option that the build does not know', () => {
  const cell = (option: 'cert-file' | 'host-whitelist'): Cell => ({
    ...{ given: etcd({ options: { [option]: 'a' } }), when: ask, then: served() },
    ...{ since: '3.3.0', before: none },
  })
  test('is an absence where it came after the build', () => {
    expect(judge(cell('host-whitelist'), old, evidence({ start: lacks('host-whitelist') })).verdict).toBe(
      'pass',
    )
  })
  test('is none where every build of its age has it', () => {
    expect(judge(cell('cert-file'), old, evidence({ start: lacks('cert-file') })).verdict).toBe(
      'inconclusive',
    )
  })
})

describe('a timeline', () => {
  const verdictOf = (more: Partial<Evidence>) => {
    const { checks, broken } = onOtherSide(finding([check('then', false, 'it is kept', 'it is not')], true), {
      cell: { given, when: ask, then: served(), before: { how: 'the old one stays', step: 'after' } },
      build: old,
      evidence: evidence({ steps: [step('before', true), step('after', 'no')], ...more }),
      probe: ok,
      side: { is: 'before', step: '3.2.0' },
    })
    return { met: checks.every(({ met }) => met), broken }
  }
  const step = (name: string, met: true | string): SeenStep => ({
    ...{ name, do: 'connect', began: 0, ended: 1, what: name, met },
  })
  test('that its process outlives shows the absence, one that it does not shows nothing', () => {
    expect(verdictOf({})).toEqual({ met: true, broken: false })
    expect(verdictOf({ alive: false })).toEqual({ met: false, broken: false })
  })
})

describe('with the control as the sign', () => {
  const both = { on: 'control', how: 'both are let in', seen: { status: 200 } } as const
  const serving = { given, when: ask, then: served(), unlike: ask, since: '3.2.0', before: both } as Cell
  test('a probe that is turned away is not let in like the control', () => {
    const probe = alerted(42, 'bad_certificate', [])
    expect(judge(serving, old, evidence({ probe, after: ok })).verdict).toBe('inconclusive')
  })
  test('two answers of 200 with another text than the promised one are no two peers that are let in', () => {
    const contains = { ...serving, then: served({ contains: ['"etcdserver"'] }) } as Cell
    const garbage = seen({ http: { status: 200, headers: {}, body: 'hello' }, tls: ok.tls })
    expect(judge(contains, old, evidence({ probe: ok, after: ok })).verdict).toBe('pass')
    expect(judge(contains, old, evidence({ probe: garbage, after: garbage })).verdict).toBe('inconclusive')
  })
  test('a probe that is served is not turned away like the control', () => {
    const away = alerted(42, 'bad_certificate', [])
    const refusing = { ...refuseCell, since: '3.2.0', before: { on: 'control', how: 'both are not' } } as Cell
    const all = refusal({ probe: ok, again: ok })
    expect(judge(refusing, old, { ...all, before: away, after: away }).verdict).toBe('inconclusive')
  })
})

describe('a refusal', () => {
  test('is not absent where it comes the second time', () => {
    const cell = { ...refuseCell, since: '3.2.0', before: { how: 'all are', seen: { status: 200 } } } as Cell
    const { probe: away } = refusal()
    expect(judge(cell, old, refusal({ probe: ok, again: ok })).verdict).toBe('pass')
    expect(judge(cell, old, refusal({ probe: ok, ...(away && { again: away }) })).verdict).toBe(
      'inconclusive',
    )
  })
})

describe('members that form no cluster', () => {
  const before = { how: 'one is refused', seen: { log: /not etcd\.local/ } }
  const cell: Cell = { given, when: forms(), then: formed(), since: '3.2.9', before }
  const probe = formSeen({ started: false, listed: [], exit: 1 })
  const verdictOf = (line: string) =>
    judge(cell, old, evidence({ probe, logs: { m1: [], m2: [parseLogLine(line, 0)] } })).verdict
  test('show the absence by the words of any of them, not by one that ended', () => {
    expect(verdictOf('x509: certificate is valid for m2.etcd.local, not etcd.local')).toBe('pass')
    expect(verdictOf('panic: runtime error')).toBe('inconclusive')
  })
  test('are not the control, which has a world of its own', () => {
    const { because } = refuseCell
    const by = {
      ...{ then: notFormed({ by: 'm1', from: 'm2' }), because, unlike: given },
      before: { ...before, on: 'control' },
    }
    const logs = { m2: [parseLogLine('x509: not etcd.local', 0)] }
    const asControl = judge({ ...cell, ...by } as Cell, old, evidence({ probe, control: { ...probe }, logs }))
    expect(asControl.verdict).toBe('inconclusive')
  })
  test('show the line in the check: results keep only the end of one log', () => {
    const said = 'x509: certificate is valid for m2.etcd.local, not etcd.local'
    const logs = { m1: [], m2: [parseLogLine(said, 0)] }
    const { checks } = judge(cell, old, evidence({ probe, logs }))
    expect(checks.find(({ question }) => question === 'because')?.seen).toBe(said)
  })
})
