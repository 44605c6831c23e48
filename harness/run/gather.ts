import { fingerprintOf, lineFits } from '../judge/fingerprint.ts'
import type { Evidence } from '../judge/evidence.ts'
import { withLog } from '../probe/join.ts'
import { observe } from '../probe/observe.ts'
import type { Observation } from '../probe/observation.ts'
import type { Cell } from '../scenario/claim.ts'
import type { ProbeSpec } from '../scenario/probe.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { LogLine } from '../world/log-line.ts'
import type { World } from '../world/world.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { Prepared, WorldPool } from './world-pool.ts'

/** What the runner keeps of a cell's worlds beside the evidence. */
export interface Gathered {
  readonly evidence: Evidence
  readonly record: ReturnType<World['record']>
  readonly logical: (text: string) => string
}

/** The worlds a cell needs, in the order it needs them. */
export function worldsOf(cell: Cell): WorldSpec[] {
  if (cell.then.outcome === 'not-started' && 'unlike' in cell) return [cell.given, cell.unlike as WorldSpec]
  return 'without' in cell && cell.without !== undefined ? [cell.given, cell.without] : [cell.given]
}

/** Plays a cell: control, probe, control, probe again; then the world without the guard. */
export async function gather(cell: Cell, pool: WorldPool, watch: Stopwatch): Promise<Gathered> {
  const here = await pool.use(cell.given, (prepared) => inWorld(cell, prepared, watch))
  const [, other] = worldsOf(cell)
  if (other === undefined || here.evidence.start.process?.ready === (cell.then.outcome === 'not-started')) return here
  const elsewhere = await pool.use(other, (prepared) => inOtherWorld(cell, prepared, watch))
  return { ...here, evidence: { ...here.evidence, ...elsewhere } }
}

async function inWorld(cell: Cell, { world, setup }: Prepared, watch: Stopwatch): Promise<Gathered> {
  const { of, to } = { of: undefined, to: undefined, ...cell.when }
  const name = of ?? to ?? 'm1'
  const start = world.startOf(name)
  const acts = start.process?.ready === true ? await play(cell, world, watch) : {}
  const evidence: Evidence = { setup, start, ...acts, alive: world.isAlive(name), log: [...world.member(name).log.lines] }
  return { evidence, record: world.record(), logical: (text) => world.logical(text) }
}

async function play(cell: Cell, world: World, watch: Stopwatch): Promise<Partial<Evidence>> {
  const { when } = cell
  if (when.kind === 'start') return {}
  const look = (spec: ProbeSpec, expected?: Expectation) =>
    watch.time('probes', () => lookOnce(spec, world, expected))
  const unlike = 'unlike' in cell ? (cell.unlike as ProbeSpec | undefined) : undefined
  if (cell.then.outcome === 'served') {
    const probe = await look(when)
    return unlike === undefined ? { probe } : { probe, after: await look(unlike) }
  }
  const expected = expectationOf(cell, world)
  const before = unlike && (await look(unlike))
  const probe = await look(when, expected)
  const after = unlike && (await look(unlike))
  const again = cell.then.outcome === 'refused' ? await look(when, expected) : undefined
  return { ...(before && { before }), probe, ...(after && { after }), ...(again && { again }) }
}

type Expectation = (seen: Observation) => ((line: LogLine) => boolean) | undefined

/** The log line that must follow a refusal; a probe that was answered has none to wait for. */
function expectationOf(cell: Cell, world: World): Expectation {
  return (seen) => {
    if (!('because' in cell) || !('reason' in cell.because) || cell.because.reason === undefined) return undefined
    if (cell.when.kind === 'start') return undefined
    const print = fingerprintOf(cell.because.reason, world.subject, seen, cell.when)
    const served = seen.http !== undefined && seen.http.status < 400
    return 'silent' in print.log || served ? undefined : (line) => lineFits(print, line)
  }
}

async function lookOnce(spec: ProbeSpec, world: World, expected?: Expectation): Promise<Observation> {
  const { log } = world.member(spec.to)
  const from = log.lines.length
  const seen = await observe(spec, world)
  return withLog(seen, spec, log, { from, expected: expected?.(seen) })
}

async function inOtherWorld(cell: Cell, { world, setup }: Prepared, watch: Stopwatch): Promise<Partial<Evidence>> {
  if (cell.when.kind === 'start') return { control: world.startOf(cell.when.of) }
  const { when } = cell
  const start = world.startOf(when.to)
  const failed = setup.find(({ error }) => error !== undefined)
  if (start.process?.ready !== true || failed !== undefined) return { without: failed ?? start }
  return { without: await watch.time('probes', () => lookOnce(when, world)) }
}
