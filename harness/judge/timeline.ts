import type { Observation, SeenStep } from '../probe/observation.ts'
import { momentsOf, type Moment } from '../scenario/moments.ts'
import type { TimelineCell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import { check, finding, type Check, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence } from './evidence.ts'
import { connected, unproved, type Answer, type Known } from './timeline-connection.ts'

/**
 * Every step came out as it says, and the process lived through all of them. The first one that did not decides, and
 * is the last that is asked about: what follows from it is in the steps themselves.
 */
export function judgeKept(cell: TimelineCell, build: Build, evidence: Evidence): Finding {
  const answers = answersOf(cell, build, evidence.steps ?? [], evidence.fingerprints ?? {})
  const at = answers.findIndex(unmet)
  const asked = at === -1 ? answers : answers.slice(0, at + 1)
  // A process that was gone before the first step ended for another reason than this timeline.
  const ended = !evidence.alive && at !== 0
  return finding(
    [...asked.flatMap(({ checks }) => checks), lives(evidence)],
    ended || answers[at]?.broken === true,
  )
}

const unmet = ({ checks }: Answer): boolean => checks.some(({ met }) => !met)

const lives = ({ alive }: Evidence): Check =>
  check(
    'then',
    alive,
    'the same process, by its id and the time of its start, runs to the end',
    alive ? 'it does' : 'it ended, or another one is in its place',
  )

/** What was seen, in a sentence: the first step that was not met, else the certificates in the order of their showing. */
export function stepsInWords(steps: readonly SeenStep[]): string {
  const first = steps.find(({ met }) => met !== true)
  if (first !== undefined) return String(first.met)
  const serials = [
    ...new Set(steps.flatMap(({ do: act, serial }) => (act === 'rotate' ? [] : (serial ?? [])))),
  ]
  return `${String(steps.length)} steps came out as they say; serials shown: ${serials.join(', then ')}`
}

/** Whether one step came out as it says: the last of `steps`, after the others. Else what differs, in words. */
export function metOf(
  cell: Pick<TimelineCell, 'when'>,
  build: Build,
  steps: readonly SeenStep[],
  fingerprints: Known['fingerprints'],
): true | string {
  const { checks = [] } = answersOf(cell, build, steps, fingerprints)[steps.length - 1] ?? {}
  const missed = checks.find(({ met }) => !met)
  return missed === undefined ? true : `${missed.expected}; seen: ${missed.seen}`
}

/** The observation that the verdict speaks of: of the first step that was not met, else the last connection's. */
export function tellingOf(steps: readonly SeenStep[]): Observation | undefined {
  const first = steps.find(({ met }) => met !== true)
  return first === undefined ? steps.findLast(({ seen }) => seen !== undefined)?.seen : first.seen
}

function answersOf(
  { when }: Pick<TimelineCell, 'when'>,
  build: Build,
  steps: readonly SeenStep[],
  fingerprints: Known['fingerprints'],
): readonly Answer[] {
  const seenOf = (act: SeenStep['do']) =>
    new Map(steps.flatMap((step) => (step.do === act && step.seen ? [[step.name, step.seen]] : [])))
  const known: Known = { build, fingerprints, held: seenOf('hold'), made: seenOf('connect') }
  const moments = momentsOf(when.steps)
  if (moments.length === 0) return [unproved(check('then', false, 'the timeline has a step', 'it has none'))]
  return moments.map((moment, n) => answerOf(moment, steps[n], known))
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
