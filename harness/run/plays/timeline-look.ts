import { lineOfReason } from '../../judge/awaited-line.ts'
import { observeDial } from '../../probe/dials.ts'
import { withLog } from '../../probe/join.ts'
import { observe } from '../../probe/observe.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Moment } from '../../scenario/moments.ts'
import type { TimelineContext } from '../../world/running.ts'
import { within } from '../../within.ts'
import { inTime } from '../gather/in-time.ts'

/** Milliseconds for a listener of ours to be announced, dialled and taken off the list again. */
const dialLimit = 30_000

/** A fresh connection of a timeline, with its log lines; of a refusal the one that states the reason. */
export async function lookAtStep(
  { probe, because }: Extract<Moment, { do: 'connect' }>,
  world: TimelineContext,
  what: string,
): Promise<Observation> {
  if (probe.kind === 'dials') return within(dialLimit, what, observeDial(probe, world))
  const { log } = world.member(probe.to)
  const from = log.lines.length
  const seen = await inTime(probe, what, observe(probe, world))
  const expected = because && lineOfReason(because.reason, world.subject, seen, probe)
  return withLog(seen, probe, log, { from, expected })
}
