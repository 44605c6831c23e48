import type { Observation } from '../../probe/observation.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import { within } from '../../within.ts'
import { probeLimit } from '../../world/limits.ts'

/** Milliseconds for a command in a container of its own: making it, its own time, removing it. */
const besideLimit = 45_000

/**
 * A probe ends by its own limit; one that does not is a fault of the harness and says so.
 * Errors: HarnessError `waited-too-long`.
 */
export const inTime = (
  { kind }: Pick<ProbeSpec, 'kind'>,
  what: string,
  seen: Promise<Observation>,
): Promise<Observation> => within(kind === 'etcdctl' ? besideLimit : 2 * probeLimit, what, seen)
