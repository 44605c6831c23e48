import type { Observation, SeenStep } from '../probe/observation.ts'
import { momentsOf, type Moment } from '../scenario/moments.ts'
import type { TimelineCell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import { check, finding, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence } from './evidence.ts'
import { connected, unproved, type Answer, type Known } from './timeline-connection.ts'

/** Every step came out as it says, and the process lived through all of them. The first one that did not decides. */
export function judgeKept(cell: TimelineCell, build: Build, evidence: Evidence): Finding {
  const answers = answersOf(cell, build, evidence.steps ?? [], evidence.fingerprints ?? {})
  const first = answers.find(({ checks }) => checks.some(({ met }) => !met))
  const lives = check(
    'then',
    evidence.alive,
    'the same process, by its id and the time of its start, runs to the end',
    evidence.alive ? 'it does' : 'it ended, or another one is in its place',
  )
  const broken = first?.broken === true || !evidence.alive
  return finding([...answers.flatMap(({ checks }) => checks), lives], broken)
}

/** Whether one step came out as it says; `steps` are those before it. Else what differs, in words. */
export function metOf(
  cell: Pick<TimelineCell, 'when'>,
  build: Build,
  steps: readonly SeenStep[],
  fingerprints: Known['fingerprints'],
): true | string {
  const unmet = answersOf(cell, build, steps, fingerprints)[steps.length - 1]?.checks.find(({ met }) => !met)
  return unmet === undefined ? true : `${unmet.expected}; seen: ${unmet.seen}`
}

/** The observation that the verdict speaks of: of the first step that was not met, else the last connection's. */
export function tellingOf(steps: readonly SeenStep[]): Observation | undefined {
  const unmet = steps.find(({ met }) => met !== true)
  return unmet === undefined ? steps.findLast(({ seen }) => seen !== undefined)?.seen : unmet.seen
}

function answersOf(
  { when }: Pick<TimelineCell, 'when'>,
  build: Build,
  steps: readonly SeenStep[],
  fingerprints: Known['fingerprints'],
): readonly Answer[] {
  const held = new Map(
    steps.flatMap((step) => (step.do === 'hold' && step.seen ? [[step.name, step.seen]] : [])),
  )
  const known: Known = { build, fingerprints, held }
  return momentsOf(when.steps).map((moment, n) => answerOf(moment, steps[n], known))
}

function answerOf(moment: Moment, step: SeenStep | undefined, known: Known): Answer {
  const { name } = moment
  if (step?.do !== moment.do || step.name !== name)
    return unproved(check('then', false, name, 'the step was not made'))
  switch (moment.do) {
    case 'rotate':
    case 'expire':
      return unproved(check('then', step.met === true, name, step.met === true ? step.what : step.met))
    case 'restart':
      return restarted(name, step)
    default:
      return step.seen === undefined
        ? unproved(check('then', false, name, step.met === true ? 'nothing was seen' : step.met))
        : connected(moment, step.seen, known)
  }
}

function restarted(name: string, { seen, met }: SeenStep): Answer {
  const ready = seen?.process?.ready === true
  const told = seen === undefined ? String(met) : describe(seen)
  return { checks: [check('then', ready, name, told)], broken: seen?.process !== undefined && !ready }
}
