import { observe } from '../probe/observe.ts'
import type { Observation } from '../probe/observation.ts'
import type { Subject } from '../subject/subject.ts'
import { World, type Ground } from '../world/world.ts'
import { CellLogs } from './cell-logs.ts'
import { inTime } from './in-time.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { Maker } from './world-pool.ts'

/** A world that is up, and what its preparation saw. */
export interface Prepared {
  readonly world: World
  readonly setup: readonly Observation[]
  readonly logs: CellLogs
}

/** Starts worlds of a subject and makes their setup. */
export function worldMaker(subject: Subject, ground: Ground, watch: Stopwatch): Maker<Prepared> {
  return {
    make: async (spec, trail) => {
      const world = await trail.step('its world to start', () =>
        watch.time('worlds', () => World.start(subject, spec, ground)),
      )
      const setup: Observation[] = []
      try {
        if (Object.keys(spec.members).every((name) => world.startOf(name).process?.ready))
          for (const [n, probe] of spec.setup.entries()) {
            const what = `act ${String(n + 1)} of the setup (${probe.kind} to ${probe.to})`
            const act = () => watch.time('probes', () => inTime(probe, what, observe(probe, world)))
            setup.push(await trail.step(what, act))
          }
        return { world, setup, logs: new CellLogs(world, Object.keys(spec.members)) }
      } catch (error) {
        await world[Symbol.asyncDispose]()
        throw error
      }
    },
    remove: ({ world }) => watch.time('worlds', () => world[Symbol.asyncDispose](), 0),
  }
}
