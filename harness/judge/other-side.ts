import type { Side as SideRecord, Verdict } from '../../reports/schema.ts'
import type { Observation } from '../probe/observation.ts'
import type { Before, Cell } from '../scenario/claim.ts'
import type { Side } from '../scenario/side.ts'
import type { Build } from '../subject/subject.ts'
import { check, finding, type Check, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence } from './evidence.ts'
import { unseenOf } from './known.ts'
import { lacksOption } from './world-finding.ts'

/** What keeps an absence from being one of the behaviour: they hold on both sides of a step. */
const proofs: readonly Check['question'][] = ['health', 'setup', 'control']

/** It comes out the same on both sides, and is judged like on the page's own. */
export const isAlike = ({ before }: Pick<Cell, 'before'>): boolean =>
  before !== undefined && 'alike' in before

/**
 * A finding turned around, for a build that the page's release leaves out: there the behaviour must be absent, by what
 * the claim says is to be seen instead. Present is broken; neither seen nor missed stays unproved.
 */
export function onOtherSide(
  found: Finding,
  cell: Cell,
  build: Build,
  evidence: Evidence,
  probe: Observation | undefined,
  side: Side,
): Finding {
  const what = `${sideText(side)} the behaviour is absent`
  const told = probe === undefined ? 'it was not tried' : describe(probe)
  if (!found.broken) {
    const present = found.checks.every(({ met }) => met)
    return present ? finding([check('then', false, what, `it is there: ${told}`)], true) : found
  }
  const lacks = lacksOption(cell, build, evidence.start)
  const absent = check('then', true, `${what}${howText(cell.before)}`, told)
  if (lacks) return finding([absent, ...seenChecks(cell.before, evidence.start, evidence)])
  return finding([
    absent,
    ...startCheck(cell, evidence),
    ...seenChecks(cell.before, probe, evidence),
    ...found.checks.filter(({ question }) => proofs.includes(question)),
  ])
}

const sideText = ({ is, step }: Side): string =>
  is === 'before'
    ? `before ${step}`
    : is === 'excepted'
      ? `in ${step}, which is excepted,`
      : `from ${step} on`

const howText = (before: Before | undefined): string =>
  before !== undefined && 'how' in before ? `: ${before.how}` : ''

/** A process may not start for many reasons; that it lacks the option is one that tells. */
function startCheck({ when, then }: Cell, { start }: Evidence): Check[] {
  if (when.kind !== 'start' || then.outcome !== 'started') return []
  return [check('because', false, 'etcd says that it does not know the option', describe(start))]
}

function seenChecks(before: Before | undefined, probe: Observation | undefined, { log }: Evidence): Check[] {
  const wanted = before !== undefined && 'seen' in before ? before.seen : undefined
  if (wanted === undefined) return []
  const unseen = probe === undefined ? ['nothing was observed'] : unseenOf(wanted, probe, log)
  return [
    check('because', unseen.length === 0, 'it is absent as the claim says', unseen.join('; ') || 'it is'),
  ]
}

/** The side as it is recorded: whether the behaviour was seen, and how it is absent. */
export function sideRecord(
  side: Side | undefined,
  verdict: Verdict,
  { before }: Cell,
): SideRecord | undefined {
  if (side === undefined) return undefined
  const kept = verdict === 'pass' || verdict === 'drift'
  const told = kept || verdict === 'fail'
  if (side.is === 'since') return { ...side, ...(told && { present: kept }) }
  if (before !== undefined && 'alike' in before)
    return { ...side, ...(told && { present: kept }), how: before.alike }
  return {
    ...side,
    ...(told && { present: !kept }),
    ...(before !== undefined && kept && { how: before.how }),
  }
}
