import type { Evidence } from '../judge/evidence.ts'
import { judge, type Judgement } from '../judge/judge.ts'
import { metOf, tellingOf } from '../judge/timeline.ts'
import type { SeenStep } from '../probe/observation.ts'
import type { Cell, TimelineCell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import { logicalBy } from '../world/logical.ts'
import type { GatheredRecord } from './record.ts'

/**
 * Today's verdict on what was gathered. Pure.
 * @param cell the claim at this point, spelt as the build spells it (`harness/run/release/spelling.ts`)
 */
export function judgeAgain(cell: Cell, { subject, evidence, addresses }: GatheredRecord): Judgement {
  return judge(cell, subject, askedAnew(cell, subject, evidence), logicalBy(addresses))
}

/** Each step of a timeline is judged as it is made; what it came to is not evidence, and is found anew. */
function askedAnew(cell: Cell, build: Build, evidence: Evidence): Evidence {
  const { steps, fingerprints = {} } = evidence
  if (steps === undefined || cell.when.kind !== 'timeline') return evidence
  const anew: SeenStep[] = []
  for (const step of steps) anew.push({ ...step, met: metAnew(step, anew) })
  const probe = tellingOf(anew)
  const { probe: _, ...rest } = evidence
  return { ...rest, steps: anew, ...(probe && { probe }) }

  /** What the harness could not do was seen by nobody: its word stands. */
  function metAnew(step: SeenStep, before: readonly SeenStep[]): SeenStep['met'] {
    if (step.seen === undefined) return step.met
    return metOf(cell as TimelineCell, build, [...before, { ...step, met: true }], fingerprints)
  }
}
