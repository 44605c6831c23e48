import type { CellResult } from '../../reports/schema.ts'
import { HarnessError } from '../errors.ts'
import type { GatheredRecord } from '../gathered/record.ts'
import { judge, type Judgement } from '../judge/judge.ts'
import { beforeOf, isAlike } from '../judge/other-side.ts'
import type { Evidence } from '../judge/evidence.ts'
import type { Cell } from '../scenario/claim.ts'
import { sideOf } from '../scenario/side.ts'
import type { Build, Subject } from '../subject/subject.ts'
import { logicalBy } from '../world/logical.ts'
import { byHand } from './by-hand/by-hand.ts'
import type { CatalogueCell } from './catalogue/cells.ts'
import { gather } from './gather/gather.ts'
import type { Keep } from './gather/keep-gathered.ts'
import type { Stopwatch } from './gather/stopwatch.ts'
import type { Prepared } from './worlds/prepare-world.ts'
import { Trail } from './gather/trail.ts'
import type { WorldPool } from './worlds/world-pool.ts'

type Base = Pick<CellResult, 'cell' | 'claim' | 'subject' | 'promised'>

/** What a build from the other side of a step is asked for is the absence. */
function notHere(cell: Cell, subject: Build): string {
  const side = sideOf(cell, subject.etcd)
  if (side === undefined || side.is === 'since' || isAlike(beforeOf(cell, subject))) return ''
  return side.is === 'before' ? `Not before ${side.step}: ` : `Not in ${subject.etcd}: `
}

/** What is promised of this build, in a sentence. */
export function promisedOf({ claim, at, cell }: CatalogueCell, build: Build): string {
  const where = Object.entries(at).map(([axis, value]) => `${axis} ${value}`)
  return `${notHere(cell, build)}${claim.says}${where.length === 0 ? '' : ` (${where.join(', ')})`}`
}

const baseOf = (cell: CatalogueCell, subject: Subject): Base => ({
  cell: cell.cellId,
  claim: cell.claimId,
  subject: subject.name,
  promised: promisedOf(cell, subject),
})

/** A cell that is not asked of this subject. */
export const notAsked = (cell: CatalogueCell, subject: Subject, reason: string): CellResult => ({
  ...baseOf(cell, subject),
  verdict: 'not-applicable',
  notApplicable: reason,
  seen: '',
  why: [],
  checks: [],
  byHand: [],
  milliseconds: 0,
})

/** A cell that the harness could not finish: inconclusive, with the reason. */
export function unfinished(
  cell: CatalogueCell,
  subject: Subject,
  error: unknown,
  milliseconds = 0,
): CellResult {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof HarnessError ? error.code : 'harness'
  return {
    ...baseOf(cell, subject),
    verdict: 'inconclusive',
    seen: 'the harness did not finish this cell',
    why: [`${code}: ${message}`],
    checks: [],
    byHand: [],
    milliseconds,
  }
}

/** What results say of a cell that was played: it follows from what was gathered and judged. Pure. */
export const playedResult = (
  cell: CatalogueCell,
  subject: Subject,
  { evidence, world }: Pick<GatheredRecord, 'evidence' | 'world'>,
  judged: Judgement,
): Omit<CellResult, 'milliseconds'> => ({
  ...baseOf(cell, subject),
  ...judged,
  ...observations(evidence),
  world,
  byHand: byHand(cell.cell, subject),
})

/** Plays a cell, keeps what was gathered, and judges it. Never throws for what the subject or the engine does. */
export async function cellResult(
  cell: CatalogueCell,
  subject: Subject,
  pool: WorldPool<Prepared>,
  watch: Stopwatch,
  keep?: Keep,
): Promise<CellResult> {
  const began = performance.now()
  try {
    const gathered = await gather(cell.cell, pool, watch, new Trail(cell.cellId))
    await keep?.(cell, subject, gathered)
    const { evidence, record: world, addresses } = gathered
    const judged = await watch.time('judge', () => judge(cell.cell, subject, evidence, logicalBy(addresses)))
    const played = playedResult(cell, subject, { evidence, world }, judged)
    return { ...played, milliseconds: performance.now() - began }
  } catch (error) {
    return unfinished(cell, subject, error, performance.now() - began)
  }
}

/** What of the evidence the results hold. */
export function observations(evidence: Evidence): Partial<CellResult> {
  const { start, before, probe = start, after, again, without, control = after, setup } = evidence
  const health = [...(before === undefined ? [] : [before]), ...setup]
  return {
    probe,
    ...(control && { control }),
    ...(again && { again }),
    ...(without && { without }),
    ...(health.length > 0 && { health }),
    ...(evidence.steps && { timeline: evidence.steps }),
    log: evidence.log.slice(-60),
  }
}
