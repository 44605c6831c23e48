import { observe } from '../../probe/observe.ts'
import type { Observation } from '../../probe/observation.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import type { Subject } from '../../subject/subject.ts'
import { World, type Ground } from '../../world/world.ts'
import { CellLogs } from './cell-logs.ts'
import { inTime } from '../gather/in-time.ts'
import { settled } from './settled.ts'
import type { WorldEnd } from './world-end.ts'
import type { Stopwatch } from '../gather/stopwatch.ts'
import type { Trail } from '../gather/trail.ts'
import type { Maker } from './world-pool.ts'

/** A world that is up, and what its preparation saw. */
export interface Prepared {
  readonly world: World
  /** The acts before the members and those after the start. */
  readonly setup: readonly Observation[]
  readonly logs: CellLogs
}

/** Starts worlds of a subject and makes their groundwork and setup; tells what had ended unordered as they go. */
export function worldMaker(
  subject: Subject,
  ground: Ground,
  watch: Stopwatch,
  onEnd: (end: WorldEnd) => void,
): Maker<Prepared> {
  return {
    make: async (spec, trail) => {
      const setup: Observation[] = []
      const acts = async (called: string, probes: readonly ProbeSpec[], world: World): Promise<void> => {
        for (const [n, probe] of probes.entries())
          setup.push(await act(`act ${String(n + 1)} of the ${called}`, probe, world, watch, trail))
      }
      const world = await trail.step('its world to start', () =>
        watch.time('worlds', () =>
          World.start(subject, spec, ground, (early) => acts('groundwork', spec.groundwork ?? [], early)),
        ),
      )
      try {
        if (world.started().every((name) => world.startOf(name).process?.ready))
          await acts('setup', spec.setup, world)
        return { world, setup, logs: new CellLogs(world, world.started()) }
      } catch (error) {
        await world[Symbol.asyncDispose]()
        throw error
      }
    },
    isUsable: ({ world }) => world.started().every((name) => !hasDied(world, name)),
    remove: async ({ world }, cells) => {
      // Before our own signals.
      for (const end of await world.unorderedEnds()) onEnd({ cells, end })
      await watch.time('worlds', () => world[Symbol.asyncDispose](), 0)
    },
  }
}

function act(
  called: string,
  probe: ProbeSpec,
  world: World,
  watch: Stopwatch,
  trail: Trail,
): Promise<Observation> {
  const what = `${called} (${probe.kind} to ${probe.to})`
  const look = (): Promise<Observation> => inTime(probe, what, observe(probe, world))
  return trail.step(what, () => watch.time('probes', () => settled(probe, look)))
}

/** It served, and has ended by the engine's word. */
const hasDied = (world: World, name: string): boolean =>
  world.startOf(name).process?.ready === true && world.member(name).container.ended.aborted
