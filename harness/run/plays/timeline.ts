import { HarnessError } from '../../errors.ts'
import type { Evidence } from '../../judge/evidence.ts'
import type { TimelineProbe } from '../../scenario/timeline.ts'
import type { Stage } from './play.ts'

/** The steps of a timeline, one after the other. */
export async function playTimeline(when: TimelineProbe, _stage: Stage): Promise<Partial<Evidence>> {
  throw new HarnessError('not-built', `${when.kind} is being built`)
}
