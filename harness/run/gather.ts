import type { Evidence } from '../judge/evidence.ts'
import type { Observation } from '../probe/observation.ts'
import type { Cell } from '../scenario/claim.ts'
import type { ProbeSpec } from '../scenario/probe.ts'
import type { WorldSpec } from '../scenario/world.ts'
import { lookOnce } from './look.ts'
import type { Prepared } from './prepare-world.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { Trail } from './trail.ts'
import type { WorldPool } from './world-pool.ts'

/** What the runner keeps of a cell's worlds beside the evidence. */
export interface Gathered {
  readonly evidence: Evidence
  readonly record: ReturnType<Prepared['world']['record']>
  readonly logical: (text: string) => string
}

/** The worlds a cell needs, in the order it needs them. */
export function worldsOf(cell: Cell): WorldSpec[] {
  if (cell.then.outcome === 'not-started' && 'unlike' in cell) return [cell.given, cell.unlike as WorldSpec]
  return 'without' in cell && cell.without !== undefined ? [cell.given, cell.without] : [cell.given]
}

/** Plays a cell: control, probe, control, probe again; then the world without the guard. */
export async function gather(
  cell: Cell,
  pool: WorldPool<Prepared>,
  watch: Stopwatch,
  trail: Trail,
): Promise<Gathered> {
  const [, other] = worldsOf(cell)
  let skip = other
  try {
    const here = await pool.use(cell.given, trail, (prepared) => inWorld(cell, prepared, watch, trail))
    const ready = here.evidence.start.process?.ready === true
    if (other === undefined || ready === (cell.then.outcome === 'not-started')) return here
    skip = undefined
    const elsewhere = await pool.use(other, trail, (prepared) => inOtherWorld(cell, prepared, watch, trail))
    return { ...here, evidence: { ...here.evidence, ...elsewhere } }
  } finally {
    if (skip !== undefined) await pool.skip(skip)
  }
}

async function inWorld(
  cell: Cell,
  { world, setup, logs }: Prepared,
  watch: Stopwatch,
  trail: Trail,
): Promise<Gathered> {
  const name = memberOf(cell)
  const start = world.startOf(name)
  const mine = logs.from(name)
  const acts = start.process?.ready === true ? await play(cell, world, watch, trail) : {}
  const alive = await trail.step('the engine to say whether the process still runs', () =>
    world.isAlive(name),
  )
  const evidence: Evidence = { setup, start, ...acts, alive, log: mine.lines() }
  return { evidence, record: world.record(), logical: (text) => world.logical(text) }
}

/** The member that the cell is about. */
const memberOf = ({ when }: Cell): string => (when.kind === 'start' ? when.of : when.to)

type World = Prepared['world']

async function play(cell: Cell, world: World, watch: Stopwatch, trail: Trail): Promise<Partial<Evidence>> {
  const { when } = cell
  if (when.kind === 'start') return {}
  const look = (what: string, spec: ProbeSpec, of?: Cell): Promise<Observation> =>
    trail.step(what, () => watch.time('probes', () => lookOnce(what, spec, world, of)))
  const unlike = 'unlike' in cell ? (cell.unlike as ProbeSpec | undefined) : undefined
  if (cell.then.outcome === 'served') {
    const probe = await look('the probe', when, cell)
    return unlike === undefined ? { probe } : { probe, after: await look('the control', unlike) }
  }
  const before = unlike && (await look('the control before the probe', unlike))
  const probe = await look('the probe', when, cell)
  // Nothing is proved any more where the control met silence; the probe alone may still show a broken promise.
  if (before?.closed?.how === 'limit') return { before, probe }
  const after = unlike && (await look('the control after the probe', unlike))
  const again = cell.then.outcome === 'refused' ? await look('the probe again', when, cell) : undefined
  return { ...(before && { before }), probe, ...(after && { after }), ...(again && { again }) }
}

async function inOtherWorld(
  cell: Cell,
  { world, setup }: Prepared,
  watch: Stopwatch,
  trail: Trail,
): Promise<Partial<Evidence>> {
  if (cell.when.kind === 'start') return { control: world.startOf(cell.when.of) }
  const { when } = cell
  const start = world.startOf(when.to)
  const failed = setup.find(({ error }) => error !== undefined)
  if (start.process?.ready !== true || failed !== undefined) return { without: failed ?? start }
  const what = 'the probe in the world without the guard'
  const act = (): Promise<Observation> => watch.time('probes', () => lookOnce(what, when, world))
  return { without: await trail.step(what, act) }
}
