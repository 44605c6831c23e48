import type { Observation, SeenForm } from '../probe/observation.ts'
import type { FormCell, NoFormCell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { askedChecks, askedOtherwise } from './asked.ts'
import { aliveCheck, check, finding, type Check, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence, Logical } from './evidence.ts'
import { lineFits } from './fingerprint.ts'
import { contains } from './outcome.ts'
import { peerFingerprint } from './peer-fingerprint.ts'

type Member = SeenForm['members'][number]

/** How often a member must have been turned away: a refusal stays one. */
export const refusals = 3

/**
 * Members that must become one cluster; broken as soon as one of them says otherwise: it ended, it serves apart from
 * the others, or it turned one away. Members that only wait may be slow.
 */
export function judgeForm(cell: FormCell, evidence: Evidence, logical: Logical): Finding {
  const { probe } = evidence
  if (probe?.form === undefined)
    return finding([check('then', false, 'the members form a cluster', 'it was not tried')])
  const then = [
    formedCheck('then', 'the members form a cluster', probe),
    ...logChecks(cell, evidence, logical),
  ]
  const names = askedChecks(cell.then, probe, logical)
  const broken =
    (then.some(({ met }) => !met) && isDecided(probe.form, evidence)) || askedOtherwise(names, probe)
  return finding([...then, ...names, aliveCheck('the member that was asked', evidence.alive)], broken)
}

/** Where all serve, a call without an answer leaves open whether they are one. */
const isDecided = ({ members, unanswered }: SeenForm, { logs = {} }: Evidence): boolean =>
  (members.every(({ started }) => started) && unanswered === undefined) ||
  members.some(({ exit }) => exit !== undefined) ||
  Object.values(logs).flat().some(turnsAway)

/**
 * Who listens refused a connection, or who dials tells of a handshake that failed (`rafthttp/probing_status.go`): a
 * listener with made certificates says nothing. What was broken off (`EOF`) is nobody's refusal.
 */
const turnsAway = ({ raw, message, error }: LogLine): boolean =>
  (message.startsWith('rejected connection') && error !== 'EOF') || /\b(tls|x509): /.test(raw)

/** Every member serves, is listed with its name, and its key is read through every other one. */
function formedCheck(question: Check['question'], what: string, seen: Observation | undefined): Check {
  const members = seen?.form?.members ?? []
  const met = members.length > 0 && members.every((member) => isMember(member, members))
  return check(question, met, what, seen === undefined ? 'it was not tried' : describe(seen))
}

const isMember = (member: Member, all: readonly Member[]): boolean =>
  member.started &&
  isListed(member) &&
  all.every(({ name }) => name === member.name || member.readThrough.includes(name))

/** With the URLs that it announces, and no other. */
const isListed = ({ listed, announced = listed }: Member): boolean =>
  listed.length > 0 && listed.length === announced.length && announced.every((url) => listed.includes(url))

/** Texts are the page's: its own addresses are put in the place of the world's before they are looked for. */
function logChecks(cell: FormCell, { logs = {} }: Evidence, logical: Logical): Check[] {
  return Object.entries(cell.then.logs ?? {}).flatMap(([name, texts]) => {
    const log = logical((logs[name] ?? []).map(({ raw }) => raw).join('\n'))
    return texts.map((text) => {
      const met = contains(log, text)
      const expected = `the log of ${name} contains ${JSON.stringify(text)}`
      return check('then', met, expected, met ? text : 'it does not')
    })
  })
}

/** Members that must not become one cluster: one turns another away, again and again, which does not serve. */
export function judgeNoForm(cell: NoFormCell, build: Build, evidence: Evidence): Finding {
  const { probe } = evidence
  const { by, from } = cell.then
  const member = probe?.form?.members.find(({ name }) => name === from)
  if (probe === undefined || member === undefined)
    return finding([check('then', false, `${from} does not become a member`, 'it was not tried')])
  const taken = member.started || member.listed.length > 0
  return finding(
    [
      check('then', !taken, `${from} does not become a member`, describe(probe)),
      ...becauseNoForm(cell, build, probe, evidence.control),
      formedCheck('control', 'with the one thing put right the members form a cluster', evidence.control),
      aliveCheck(by, evidence.alive),
    ],
    taken,
  )
}

function becauseNoForm(
  { then, because }: NoFormCell,
  build: Build,
  probe: Observation,
  control: Observation | undefined,
): Check[] {
  const print = peerFingerprint(because.reason, build)
  if ('silent' in print.log) {
    const what =
      'the control, which differs in one thing, stands in for the line that this build does not log'
    return [formedCheck('because', what, control)]
  }
  const lines = probe.log.filter(
    (line) =>
      line.remoteAddress !== undefined && line.remoteAddress === probe.localAddress && lineFits(print, line),
  )
  const { source } = print.log.text
  return [
    check(
      'because',
      lines.length >= refusals,
      `${then.by} turns ${then.from} away at least ${String(refusals)} times (${because.reason}: ${source})`,
      lines[0] === undefined ? 'no such line' : `${String(lines.length)} times: ${lines[0].raw}`,
    ),
  ]
}
