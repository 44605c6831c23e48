import type { TimelineProbe } from '../../scenario/timeline.ts'
import { notShown, type Stage } from './plan.ts'

/** The steps of a timeline. */
export function timelineSteps(_when: TimelineProbe, _stage: Stage): void {
  throw notShown('a timeline is not written yet')
}
