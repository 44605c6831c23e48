import type { Evidence } from '../../judge/evidence.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { World } from '../../world/world.ts'
import type { Stopwatch } from '../gather/stopwatch.ts'
import type { Trail } from '../gather/trail.ts'
import { playDials, playForms, playJoin } from './cluster.ts'
import { playRequest } from './request.ts'
import { playTimeline } from './timeline.ts'

/** What a play may use beside the cell. */
export interface Stage {
  readonly world: World
  readonly watch: Stopwatch
  readonly trail: Trail
}

/**
 * Acts out a cell in its world, and gives back what was seen. Errors: HarnessError. `ready`: the member that the cell
 * is about serves.
 */
export async function play(cell: Cell, stage: Stage, ready: boolean): Promise<Partial<Evidence>> {
  const { when } = cell
  switch (when.kind) {
    case 'start':
      return {}
    case 'forms':
      // Members that wait for each other do not serve: that is what is looked at.
      return playForms(when, cell, stage)
    case 'join':
      return ready ? playJoin(when, cell, stage) : {}
    case 'dials':
      return ready ? playDials(when, stage) : {}
    case 'timeline':
      return ready ? playTimeline(when, cell, stage) : {}
    default:
      return ready ? playRequest(when, cell, stage) : {}
  }
}
