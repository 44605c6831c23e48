import type { Evidence } from '../../judge/evidence.ts'
import { proxyAtOf } from '../../judge/fingerprint.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Cell } from '../../scenario/claim.ts'
import { formed } from '../../scenario/outcome.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import type { LogLine } from '../../world/log-line.ts'
import type { AddressMap } from '../../world/logical.ts'
import { fingerprintsOf, shownBy } from './fingerprints.ts'
import { lookOnce } from './look.ts'
import { ownRecord, withElsewhere } from './own-record.ts'
import { playForms, playJoin } from '../plays/cluster.ts'
import { play } from '../plays/play.ts'
import type { Prepared } from '../worlds/prepare-world.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { Trail } from './trail.ts'
import type { WorldPool } from '../worlds/world-pool.ts'

/** What the runner keeps of a cell's worlds beside the evidence. */
export interface Gathered {
  readonly evidence: Evidence
  readonly record: ReturnType<Prepared['world']['record']>
  /** How the world's addresses become the page's. */
  readonly addresses: AddressMap
}

/** The worlds a cell needs, in the order it needs them. */
export function worldsOf(cell: Cell): WorldSpec[] {
  if (controlIsWorld(cell) && 'unlike' in cell) return [cell.given, cell.unlike as WorldSpec]
  return 'without' in cell && cell.without !== undefined ? [cell.given, cell.without] : [cell.given]
}

/** A process or cluster that must not come up has another world as its control. */
const controlIsWorld = ({ then }: Cell): boolean =>
  then.outcome === 'not-started' || then.outcome === 'not-formed'

/** A declared deviation is proved by the control, too: what came up although it must not does not spare it. */
const alsoDeclared = (cell: Cell): boolean => controlIsWorld(cell) && cell.known !== undefined

/** A process that served and is gone would make the next cell's verdict anybody's. */
const hasDied = ({ start, alive }: Evidence): boolean => start.process?.ready === true && !alive

/** Acts out a cell in its world; then its control in a world of its own, or the probe in the world without the guard. */
export async function gather(
  cell: Cell,
  pool: WorldPool<Prepared>,
  watch: Stopwatch,
  trail: Trail,
): Promise<Gathered> {
  const [, other] = worldsOf(cell)
  let skip = other
  try {
    const here = await pool.use(cell.given, trail, async (prepared, spend) => {
      const gathered = await inWorld(cell, prepared, watch, trail)
      if (hasDied(gathered.evidence)) spend()
      return gathered
    })
    const ready = here.evidence.start.process?.ready === true
    if (other === undefined || (ready === controlIsWorld(cell) && !alsoDeclared(cell))) return here
    skip = undefined
    const { seen, record } = await pool.use(other, trail, async (prepared) => {
      const elsewhere = await inOtherWorld(cell, prepared, watch, trail)
      await standing(prepared.world, trail)
      return { seen: elsewhere, record: prepared.world.record() }
    })
    return {
      ...here,
      evidence: { ...here.evidence, ...seen },
      record: withElsewhere(here.record, record),
    }
  } finally {
    if (skip !== undefined) await pool.skip(skip)
  }
}

async function inWorld(cell: Cell, prepared: Prepared, watch: Stopwatch, trail: Trail): Promise<Gathered> {
  const { world, setup, logs } = prepared
  const name = memberOf(cell)
  const earlier = world.record()
  const start = world.startOf(name)
  const mine = logs.from(name)
  const all = cell.when.kind === 'forms' ? logsOf(prepared) : undefined
  const acts = await play(cell, { world, watch, trail }, start.process?.ready === true)
  const alive = await trail.step('the engine to say whether the process still runs', () =>
    world.isAlive(name),
  )
  const others = await othersOf(world, name)
  await standing(world, trail)
  const fingerprints = await fingerprintsOf(shownBy(cell), world)
  const evidence: Evidence = {
    setup,
    start,
    ...(others && { others }),
    fingerprints,
    ...acts,
    alive,
    log: mine.lines(),
    ...(all && { logs: all() }),
  }
  const record = ownRecord(world.record(), earlier)
  return { evidence, record, addresses: world.addressMap }
}

const standing = (world: Prepared['world'], trail: Trail): Promise<void> =>
  trail.step('the places of its processes to be there to the end, and the processes to be their own', () =>
    world.demandSound(),
  )

/** The processes of the world beside the one the cell is about; undefined where there are none. */
async function othersOf(world: Prepared['world'], name: string): Promise<Evidence['others']> {
  const names = world.started().filter((one) => one !== name)
  if (names.length === 0) return undefined
  const states = names.map(async (one) => {
    return [one, { start: world.startOf(one), alive: await world.isAlive(one) }] as const
  })
  return Object.fromEntries(await Promise.all(states))
}

/** What every member logged, at the time it is asked. */
const logsOf =
  ({ world }: Prepared) =>
  (): Record<string, readonly LogLine[]> =>
    Object.fromEntries(
      Object.entries(world.spec.members).flatMap(([name, { role = 'member' }]) =>
        role === 'member' ? [[name, world.member(name).log.lines]] : [],
      ),
    )

/** The member that the cell is about: who refuses where that is said, even behind a proxy that is asked. */
function memberOf(cell: Cell): string {
  const { when, then } = cell
  if (then.outcome === 'not-formed' || (then.outcome === 'refused' && proxyAtOf(cell) !== undefined))
    return then.by
  return when.kind === 'start' ? when.of : when.to
}

async function inOtherWorld(
  cell: Cell,
  { world, setup }: Prepared,
  watch: Stopwatch,
  trail: Trail,
): Promise<Partial<Evidence>> {
  const { when } = cell
  if (when.kind === 'start') return { control: world.startOf(when.of) }
  const stage = { world, watch, trail }
  if (when.kind === 'forms') {
    const { probe: control } = await playForms(when, { ...cell, then: formed() } as Cell, stage)
    return control === undefined ? {} : { control }
  }
  const start = world.startOf(when.to)
  const failed = setup.find(({ error }) => error !== undefined)
  if (start.process?.ready !== true || failed !== undefined) return { without: failed ?? start }
  if (when.kind === 'join') {
    const { probe: without } = await playJoin(when, { ...cell, unlike: undefined } as unknown as Cell, stage)
    return without === undefined ? {} : { without }
  }
  if (when.kind === 'dials' || when.kind === 'timeline') return {}
  const what = 'the probe in the world without the guard'
  const act = (): Promise<Observation> => watch.time('probes', () => lookOnce(what, when, world))
  return { without: await trail.step(what, act) }
}
