import { alertInWords } from '../../fixtures/refusal-alerts.ts'
import { reachesNobody, tellsOfDial } from '../../fixtures/dialler-refusals.ts'
import type { RefusalReason } from '../../fixtures/refusals.ts'
import type { Observation, SeenJoin } from '../probe/observation.ts'
import type { JoinCell, NoJoinCell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { askedChecks, askedOtherwise } from './asked.ts'
import { lineOfRefusedJoin } from './awaited-line.ts'
import { aliveCheck, check, finding, type Check, type Finding } from './check.ts'
import { silenceCheck } from './control.ts'
import { describe } from './describe.ts'
import type { Evidence, Logical } from './evidence.ts'
import { lineFits, type Fingerprint } from './fingerprint.ts'
import { peerFingerprint } from './peer-fingerprint.ts'

/** A candidate that must become a member. */
export function judgeJoin(cell: JoinCell, evidence: Evidence, logical: Logical): Finding {
  const { probe } = evidence
  if (probe === undefined) return finding([check('then', false, 'the candidate joins', 'it was not tried')])
  const joins = joinedCheck('then', 'the candidate joins', probe)
  const names = askedChecks(cell.then, probe, logical)
  const broken = (!joins.met && isDecided(probe.join)) || askedOtherwise(names, probe)
  return finding([joins, ...names, aliveCheck('the member that was asked', evidence.alive)], broken)
}

/** It serves, or it ended. One that does neither in its time may only be slow, and so may a call without an answer. */
const isDecided = (join: SeenJoin | undefined): boolean =>
  join?.added === true && ((join.started && join.unanswered === undefined) || join.exit !== undefined)

/**
 * A candidate that must be turned away: it does not start, the line for its address states the reason, and the
 * control joins the very same cluster afterwards.
 */
export function judgeNoJoin(cell: NoJoinCell, build: Build, evidence: Evidence, logical: Logical): Finding {
  const { probe, after } = evidence
  const join = probe?.join
  if (join === undefined || probe === undefined)
    return finding([check('then', false, 'the candidate is turned away', 'it was not tried')])
  const taken = join.started || join.listed
  const names = askedChecks(cell.then, probe, logical, cell.then.by === join.who ? join.address : undefined)
  const without =
    cell.without === undefined
      ? undefined
      : joinedCheck('without', 'without the guard the same candidate joins', evidence.without)
  const checks = [
    check('then', join.added === true && !taken, 'the candidate is turned away', describe(probe)),
    endCheck(join),
    ...becauseJoin(cell, build, probe, without),
    ...names,
    joinedCheck('control', 'the control, which differs in one thing, joins the same cluster', after),
    ...controlNotRefused(cell, build, after),
    aliveCheck('the member that was asked', evidence.alive),
    ...(without === undefined ? [] : [without]),
  ]
  return finding(checks, taken || askedOtherwise(names, probe))
}

/** Being turned away is why it ended: not its own options, nor anything else on its way. One that waits may join yet. */
function endCheck({ who, exit, said }: SeenJoin): Check {
  const line = said.find(({ raw }) => reachesNobody.log.test(raw))
  return check(
    'because',
    exit === reachesNobody.exit && line !== undefined,
    `${who} ends with exit ${String(reachesNobody.exit)} because no member let it in (${reachesNobody.log.source})`,
    `${exit === undefined ? 'it did not end' : `exit ${String(exit)}`}: ${(line ?? said.at(-1))?.raw ?? 'it said nothing'}`,
  )
}

function becauseJoin(
  cell: NoJoinCell,
  build: Build,
  probe: Observation,
  without: Check | undefined,
): Check[] {
  const { by } = cell.then
  const { who, to } = cell.when
  const { reason } = cell.because
  const print = peerFingerprint(reason, build)
  if (by === who) {
    const told = peerFingerprint('client-sent-bad-certificate', build)
    return [
      lineCheck(`${who} says that it turns ${to} away`, reason, print, probe.join?.said ?? []),
      // A build that logs no broken handshake leaves it with the candidate's own words.
      ...('silent' in told.log
        ? []
        : [
            lineCheck(
              `${to} is told so from the candidate's address`,
              'client-sent-bad-certificate',
              told,
              fromCandidate(probe),
            ),
          ]),
    ]
  }
  return [
    ...('silent' in print.log
      ? [silenceCheck(without)]
      : [lineCheck(`${to} turns the candidate's address away`, reason, print, fromCandidate(probe))]),
    ...alertCheck(reason, build, probe),
  ]
}

const fromCandidate = ({ log, localAddress }: Observation): LogLine[] =>
  log.filter(({ remoteAddress }) => remoteAddress !== undefined && remoteAddress === localAddress)

function lineCheck(what: string, reason: string, print: Fingerprint, lines: readonly LogLine[]): Check {
  const line = lines.find((one) => lineFits(print, one))
  const source = 'silent' in print.log ? 'no line' : print.log.text.source
  const told = lines
    .map(({ raw }) => raw)
    .join(' | ')
    .slice(0, 600)
  return check(
    'because',
    line !== undefined,
    `${what} (${reason}: ${source})`,
    line?.raw ?? (told === '' ? 'no such line' : told),
  )
}

/**
 * The alert, where the candidate's log states one: under TLS 1.3 it may be lost to the reset that follows. Which TLS
 * version the members spoke is not seen, so the alert must be the one of either.
 */
function alertCheck(reason: RefusalReason, build: Build, { join }: Observation): Check[] {
  const line = join?.said.find(
    ({ message, error }) => tellsOfDial(message) && remoteAlert.test(error ?? message),
  )
  const stated = line && remoteAlert.exec(line.error ?? line.message)?.[1]
  if (stated === undefined || line === undefined) return []
  const alerts = (['1.2', '1.3'] as const).flatMap((tls) => peerFingerprint(reason, build, tls).alert ?? [])
  const words = [...new Set(alerts)].map(alertInWords)
  const expected = words.length === 0 ? 'no alert' : `alert ${words.join(' or ')}`
  return [check('because', words.includes(stated), `the candidate is told ${expected}`, line.raw)]
}

const remoteAlert = /remote error: tls: ([\w ]+|alert\(\d+\))$/

/** A reason that is there for the control, too, tells nothing apart. */
function controlNotRefused(cell: NoJoinCell, build: Build, after: Observation | undefined): Check[] {
  const fits = lineOfRefusedJoin(cell, build)
  const line = fits && after?.log.find(fits)
  if (line === undefined) return []
  return [check('control', false, "the member's log does not say that the control was refused", line.raw)]
}

function joinedCheck(question: Check['question'], what: string, seen: Observation | undefined): Check {
  const { added, started, listed, writtenAndRead } = seen?.join ?? {}
  const met = added === true && started === true && listed === true && writtenAndRead === true
  return check(question, met, what, seen === undefined ? 'it was not tried' : describe(seen))
}
