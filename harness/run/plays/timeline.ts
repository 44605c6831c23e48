import type { Evidence } from '../../judge/evidence.ts'
import { tellingOf } from '../../judge/timeline.ts'
import type { SeenStep } from '../../probe/observation.ts'
import type { Cell, TimelineCell } from '../../scenario/claim.ts'
import { momentsOf, type Moment } from '../../scenario/moments.ts'
import type { TimelineProbe } from '../../scenario/timeline.ts'
import { restoreFiles } from '../../world/mounted-members.ts'
import type { Stage } from './play.ts'
import { TimelineAct } from './timeline-act.ts'

/**
 * The steps of a timeline, one after the other. A step that the harness cannot make is told as such, and the next
 * ones are tried. At the end nothing is held any more, and the files are as they were.
 */
export async function playTimeline(
  when: TimelineProbe,
  cell: Cell,
  stage: Stage,
): Promise<Partial<Evidence>> {
  const { world, watch, trail } = stage
  const act = new TimelineAct(cell as TimelineCell, world)
  const steps: SeenStep[] = []
  try {
    for (const [n, moment] of momentsOf(when.steps).entries()) {
      const what = `step ${String(n + 1)} of the timeline (${inWords(moment)})`
      steps.push(await trail.step(what, () => watch.time('probes', () => act.make(moment, steps, what))))
    }
  } finally {
    await act.close()
    await trail.step('the files to be as they were', () => restoreFiles(world))
  }
  if (steps.some(wasLeft))
    await trail.step('the engine to say whether the process ended', () =>
      endOf(world.member(when.to).container.ended),
    )
  const probe = tellingOf(steps)
  return { steps, fingerprints: act.fingerprints, ...(probe && { probe }) }
}

/** etcd went away in the midst of a step, or was gone already. */
const wasLeft = ({ met, seen }: SeenStep): boolean =>
  met !== true && ['end', 'reset', 'refused'].includes(seen?.closed?.how ?? '')

/** Milliseconds by which the engine may tell later than its connections that a process ended. */
const tellLimit = 3_000

/** Ends with the process, or with the limit. */
function endOf(ended: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const timer = setTimeout(() => resolve(undefined), tellLimit)
  ended.addEventListener('abort', () => resolve(undefined), { once: true })
  if (ended.aborted) resolve(undefined)
  return promise.finally(() => clearTimeout(timer))
}

const inWords = (moment: Moment): string =>
  moment.do === 'connect' || moment.do === 'hold' || moment.do === 'use'
    ? `${moment.do} ${moment.name}`
    : moment.name
