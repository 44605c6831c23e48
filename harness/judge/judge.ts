import type { CellResult, Verdict } from '../../reports/schema.ts'
import type { Observation } from '../probe/observation.ts'
import type {
  Cell,
  ClientRefusesCell,
  DialCell,
  FormCell,
  JoinCell,
  KnownDeviation,
  NoFormCell,
  NoJoinCell,
  NoStartCell,
  RefuseCell,
  ServeCell,
  StartCell,
  TimelineCell,
} from '../scenario/claim.ts'
import { sideOf } from '../scenario/side.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { check, finding, type Check, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence, Logical } from './evidence.ts'
import { expanded } from './expand.ts'
import { declaredFor, holdAgainst } from './known.ts'
import { beforeOf, isAlike, onOtherSide, sideRecord } from './other-side.ts'
import { printedChecks } from './printed.ts'
import { judgeDial } from './dial.ts'
import { judgeForm, judgeNoForm } from './form.ts'
import { judgeJoin, judgeNoJoin } from './join.ts'
import { judgeClientRefuses, judgeRefuse } from './refuse.ts'
import { judgeNoStart, judgeServe, judgeStart } from './serve.ts'
import { judgeKept, stepsInWords } from './timeline.ts'
import { worldFinding } from './world-finding.ts'

export type Judgement = Pick<CellResult, 'verdict' | 'declared' | 'side' | 'checks' | 'why' | 'seen'>

/**
 * The verdict on one cell: a pure function of what was seen.
 * `then` unmet is a fail, a missing piece of evidence is inconclusive, another printed text is drift. On the other
 * side of a step that the page names, what is promised must be absent.
 */
export function judge(
  asked: Cell,
  build: Build,
  evidence: Evidence,
  logical: Logical = (text) => text,
): Judgement {
  const cell = expanded(asked, build)
  const probe = subjectOf(cell, evidence)
  const side = sideOf(cell, build.etcd)
  const before = beforeOf(cell, build)
  const turned = side !== undefined && side.is !== 'since' && !isAlike(before)
  const promised = worldFinding(cell, build, evidence) ?? judgeKind(cell, build, evidence, logical)
  const known = turned ? onOtherSide(promised, { cell, build, evidence, probe, side, logical }) : promised
  const found = withEnds(known, evidence)
  const printed =
    probe === undefined || turned ? [] : printedChecks(cell.printed, probe, evidence.log, logical)
  const verdict = verdictOf(found, printed)
  const against: Against = (known, seen, log) => holdAgainst(known, verdict, seen, log, logical, evidence.log)
  const declared = proved(closest(cell, build, evidence, against, probe, turned), found)
  const checks = [...found.checks, ...printed]
  const recorded = sideRecord(side, verdict, before)
  return {
    verdict,
    ...(declared === undefined ? {} : { declared }),
    ...(recorded && { side: recorded }),
    checks,
    why: whyOf(verdict, checks),
    seen: evidence.steps === undefined ? describe(probe ?? evidence.start) : stepsInWords(evidence.steps),
  }
}

/** A process that ended by itself a little later may have been ended by this cell: whatever was seen of it, it is not sure. */
function withEnds(found: Finding, { endedLater = [] }: Evidence): Finding {
  if (endedLater.length === 0) return found
  const ends = endedLater.map((end) =>
    check('health', false, 'what it met ends only when it is told to', end),
  )
  return finding([...found.checks, ...ends])
}

/** The observation the verdict is about. */
const subjectOf = (cell: Cell, evidence: Evidence): Observation | undefined =>
  ofStart(cell, evidence) ? evidence.start : evidence.probe

/** Members that form no cluster do not serve: that is what is looked at. */
const ofStart = ({ when }: Cell, { start, probe }: Evidence): boolean =>
  when.kind === 'start' || (start.process?.ready !== true && (when.kind !== 'forms' || probe === undefined))

function judgeKind(cell: Cell, build: Build, evidence: Evidence, logical: Logical): Finding {
  switch (cell.then.outcome) {
    case 'refused':
      return cell.when.kind === 'join'
        ? judgeNoJoin(cell as NoJoinCell, build, evidence, logical)
        : judgeRefuse(cell as RefuseCell, build, evidence, logical)
    case 'client-refuses':
      return judgeClientRefuses(cell as ClientRefusesCell, build, evidence)
    case 'served':
      return judgeServe(cell as ServeCell, evidence, logical)
    case 'started':
      return judgeStart(cell as StartCell, evidence)
    case 'not-started':
      return judgeNoStart(cell as NoStartCell, build, evidence)
    case 'formed':
      return judgeForm(cell as FormCell, evidence, logical)
    case 'not-formed':
      return judgeNoForm(cell as NoFormCell, build, evidence)
    case 'joined':
      return judgeJoin(cell as JoinCell, evidence, logical)
    case 'dialled':
      return judgeDial(cell as DialCell, evidence)
    case 'kept':
      return judgeKept(cell as TimelineCell, build, evidence)
  }
}

function verdictOf(found: Finding, printed: readonly Check[]): Verdict {
  if (found.broken) return 'fail'
  if (found.checks.some(({ met }) => !met)) return 'inconclusive'
  return printed.every(({ met }) => met) ? 'pass' : 'drift'
}

/** A declaration held against this verdict; a line is looked for in `log` when none was joined. */
type Against = (
  known: KnownDeviation,
  seen: Observation | undefined,
  log: readonly LogLine[],
) => Judgement['declared']

/** Of several declarations for this build the one that holds; else the first, stale. */
function closest(
  cell: Cell,
  build: Build,
  evidence: Evidence,
  against: Against,
  probe: Observation | undefined,
  turned: boolean,
) {
  const held = declaredFor(cell.known, build, turned ? 'before' : undefined).map((known) => {
    const declared = against(known, probe, linesOf(cell, evidence))
    const alike = cell.then.outcome === 'served' && against(known, evidence.after, [])
    if (declared === undefined || alike === false || alike?.stale !== false) return declared
    return { ...declared, evidence: 'not seen: a control that differs; it deviates alike', stale: true }
  })
  return held.find((declared) => declared?.stale === false) ?? held[0]
}

/**
 * Where a declared line is looked for. Members that form no cluster say why since they started, and not again for each
 * cell that looks at them: rafthttp's prober of 3.2 says it every five seconds (probing_status.go).
 */
const linesOf = ({ when }: Cell, { log, logs }: Evidence): Evidence['log'] =>
  (when.kind === 'forms' ? logs?.[when.to] : undefined) ?? log

/** A declaration excuses the deviation it names, not a control that came out wrong or a process that ended. */
function proved(declared: Judgement['declared'], { checks }: Finding): Judgement['declared'] {
  const proofs: readonly Check['question'][] = ['health', 'control', 'without']
  const missing = checks.find(({ question, met }) => !met && proofs.includes(question))
  if (declared === undefined || missing === undefined) return declared
  return { ...declared, evidence: `not seen: ${missing.expected}`, stale: true }
}

const whyOf = (verdict: Verdict, checks: readonly Check[]): string[] =>
  verdict === 'pass'
    ? []
    : checks.filter(({ met }) => !met).map(({ expected, seen }) => `${expected}; seen: ${seen}`)
