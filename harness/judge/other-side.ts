import { satisfies } from 'semver'
import type { Side as SideRecord, Verdict } from '../../reports/schema.ts'
import type { Observation } from '../probe/observation.ts'
import type { Absent, Alike, Before, Cell, Seen } from '../scenario/claim.ts'
import { sideOf, type Side } from '../scenario/side.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { aliveCheck, check, finding, type Check, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence, Logical } from './evidence.ts'
import { unseenOf } from './known.ts'
import { outcomeOf } from './outcome.ts'
import { lacksLaterOption } from './world-finding.ts'

/** What keeps an absence from being one of the behaviour: they hold on both sides of a step. */
const proofs: readonly Check['question'][] = ['health', 'setup', 'control']

/** What the claim says of this build. */
export const beforeOf = (
  { before }: Pick<Cell, 'before'>,
  { etcd }: Pick<Build, 'etcd'>,
): Before | undefined =>
  [before ?? []].flat().find(({ builds = '*' }) => satisfies(etcd, builds, { includePrerelease: true }))

/** It comes out the same on both sides, and is judged like on the page's own. */
export const isAlike = (before: Before | undefined): before is Alike =>
  before !== undefined && 'alike' in before

/** The line that must show the absence, for a build on the other side of a step: after the probe, or its control. */
export function absentLine(
  cell: Cell,
  build: Build,
  after: 'probe' | 'control' = 'probe',
): ((line: LogLine) => boolean) | undefined {
  const side = sideOf(cell, build.etcd)?.is ?? 'since'
  const before = side === 'since' ? undefined : beforeOf(cell, build)
  if (before === undefined || isAlike(before) || (before.on ?? 'probe') !== after) return undefined
  const log = before.seen?.log
  return log && (({ raw }) => log.test(raw))
}

/** What the turned side is asked with. */
interface Turned {
  readonly cell: Cell
  readonly build: Build
  readonly evidence: Evidence
  /** The observation that the verdict is about. */
  readonly probe: Observation | undefined
  readonly side: Side
  readonly logical?: Logical
}

/**
 * A finding turned around, for a build that the page's release leaves out: there the behaviour must be absent, by what
 * the claim says is to be seen instead. Present is broken; neither seen nor missed stays unproved.
 */
export function onOtherSide(found: Finding, turned: Turned): Finding {
  const { cell, build, evidence, side } = turned
  const before = beforeOf(cell, build) as Absent | undefined
  const what = `${sideText(side)} the behaviour is absent`
  const about = before?.on === 'control' ? (evidence.after ?? evidence.control) : turned.probe
  const told = about === undefined ? 'it was not tried' : describe(about)
  const all = found.checks.every(({ met }) => met)
  if (all) return finding([check('then', false, what, `it is there: ${told}`)], true)
  const absent = check('then', true, before === undefined ? what : `${what}: ${before.how}`, told)
  if (before?.on === 'control') return onControl(found, turned, before, absent)
  if (!found.broken) return found
  if (lacksLaterOption(cell, build, evidence.start))
    return finding([absent, ...seenChecks(before, evidence.start, turned)])
  return finding([
    absent,
    ...startCheck(cell, evidence),
    ...seenChecks(before, about, turned),
    // Once might be chance, as with a refusal.
    ...(evidence.again === undefined
      ? []
      : seenChecks(before, evidence.again, turned, 'the second time, too')),
    ...stepChecks(before, evidence),
    ...found.checks.filter(({ question }) => proofs.includes(question)),
  ])
}

/** The control comes out like the probe: what should tell the two apart is not there. */
function onControl({ checks }: Finding, turned: Turned, before: Absent, absent: Check): Finding {
  const { cell, evidence, probe } = turned
  const { before: first, after = evidence.control } = evidence
  const turnedAway = cell.then.outcome !== 'served'
  const alike = [probe, after].every((seen) => seen !== undefined && isServed(seen, cell) !== turnedAway)
  // A control that is refused all the same is no sign of ill health.
  const kept = checks.filter(
    ({ question, met }) => (question === 'health' && (met || !turnedAway)) || question === 'setup',
  )
  return finding([
    check('control', alike, likeness(turnedAway), likenessSeen(probe, after)),
    ...(turnedAway && first !== undefined && isServed(first, cell)
      ? [check('health', false, 'the control comes out the same before and after', describe(first))]
      : []),
    absent,
    ...seenChecks(before, after, turned),
    aliveCheck('the process', evidence.alive),
    ...kept,
  ])
}

const likeness = (turnedAway: boolean): string =>
  `the control comes out like the probe: both are ${turnedAway ? 'turned away' : 'let in'}`

const likenessSeen = (...both: readonly (Observation | undefined)[]): string =>
  both.map((seen) => (seen === undefined ? 'it was not tried' : describe(seen))).join('; the control: ')

/** With what a served one is promised: an answer of something else is none. */
function isServed(seen: Observation, { then }: Cell): boolean {
  if (seen.form !== undefined) return seen.form.members.every(({ started }) => started)
  return seen.join === undefined
    ? outcomeOf(seen, then.outcome === 'served' ? then : {}).outcome === 'served'
    : seen.join.started
}

/** The timeline went as it should up to the step that tells, in a process that outlives it. */
function stepChecks(before: Absent | undefined, { steps, alive }: Evidence): Check[] {
  if (before?.step === undefined) return []
  const first = steps?.find(({ met }) => met !== true)
  return [
    check(
      'because',
      first?.name === before.step,
      `the first step that comes out otherwise is ${before.step}`,
      first?.name ?? 'none does',
    ),
    aliveCheck('the process', alive),
  ]
}

const sideText = ({ is, step }: Side): string =>
  is === 'before'
    ? `before ${step}`
    : is === 'excepted'
      ? `in ${step}, which is excepted,`
      : `from ${step} on`

/** A process may not start for many reasons; that it lacks the option is one that tells. */
function startCheck({ when, then }: Cell, { start }: Evidence): Check[] {
  if (when.kind !== 'start' || then.outcome !== 'started') return []
  return [check('because', false, 'etcd says that it does not know the option', describe(start))]
}

function seenChecks(
  before: Absent | undefined,
  about: Observation | undefined,
  turned: Turned,
  when?: string,
): Check[] {
  if (before?.seen === undefined) return []
  const unseen = about === undefined ? ['nothing was observed'] : unseenIn(before.seen, about, turned)
  const what = ['it is absent as the claim says', when].filter(Boolean).join(', ')
  const line = about && lineOf(before.seen, about, turned.evidence)
  const told = unseen.length > 0 ? unseen.join('; ') : (line ?? 'it is')
  return [check('because', unseen.length === 0, what, told)]
}

/** The joined lines, or the whole log where there are none. */
function linesOf(about: Observation, evidence: Evidence): readonly LogLine[] {
  if (about === evidence.control) return about.log
  if (about.form !== undefined && evidence.logs !== undefined) return wholeOf(about, evidence)
  return about.log.length > 0 ? about.log : evidence.log
}

/** Of members that form no cluster any may say why: who dials, or who is dialled. */
function wholeOf(about: Observation, { log, logs, control }: Evidence): readonly LogLine[] {
  // A control with a world of its own has nothing from these logs.
  if (about === control) return []
  return about.form !== undefined && logs !== undefined ? Object.values(logs).flat() : log
}

const unseenIn = (wanted: Seen, about: Observation, { evidence, logical }: Turned): string[] =>
  unseenOf(wanted, { ...about, log: [] }, linesOf(about, evidence), logical, wholeOf(about, evidence))

/** The line itself: of a kept promise the results hold the end of one log only. */
const lineOf = ({ log }: Seen, about: Observation, evidence: Evidence): string | undefined =>
  log && linesOf(about, evidence).find(({ raw }) => log.test(raw))?.raw

/** The side as it is recorded: whether the behaviour was seen, and how it is absent. */
export function sideRecord(
  side: Side | undefined,
  verdict: Verdict,
  before: Before | undefined,
): SideRecord | undefined {
  if (side === undefined) return undefined
  const kept = verdict === 'pass' || verdict === 'drift'
  const told = kept || verdict === 'fail'
  if (side.is === 'since') return { ...side, ...(told && { present: kept }) }
  if (isAlike(before)) return { ...side, ...(told && { present: kept }), alike: true, how: before.alike }
  return { ...side, ...(told && { present: !kept }), ...(before && kept && { how: before.how }) }
}
