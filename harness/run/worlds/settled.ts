import { setTimeout as pause } from 'node:timers/promises'
import type { Observation } from '../../probe/observation.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'

/** Milliseconds for which an act of a setup is asked again, and between two times. */
const settleLimit = 5_000
const interval = 50

/** The answer to an act of a setup, once it no longer says that etcd is not there yet, or at the limit. */
export async function settled(probe: ProbeSpec, look: () => Promise<Observation>): Promise<Observation> {
  const text = 'whileSaying' in probe ? probe.whileSaying : undefined
  const end = performance.now() + settleLimit
  for (;;) {
    const seen = await look()
    if (text === undefined || seen.http?.body.includes(text) !== true || performance.now() > end) return seen
    await pause(interval)
  }
}
