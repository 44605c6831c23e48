import { dialPairs, formRows, joinPairs } from '../members-seen.ts'
import { declaredText } from '../plain-text.ts'
import { pointOf } from '../results-view.ts'
import { visibleData } from '../sanitize.ts'
import type { CellResult, Observation, Results, TimelineStep } from '../schema.ts'
import { actText, timelineView } from '../timeline.ts'
import { standingOf } from '../verdicts.ts'
import { inTimeOrder, rightRefusal } from './checks.ts'
import { pool } from './pool.ts'
import type { Pool } from './pool.ts'

type World = NonNullable<CellResult['world']>
type Certificate = Omit<World['certificates'][number], 'role' | 'usages'> & {
  role?: string
  usages?: string[]
}

interface Pools {
  readonly worlds: Pool<object>
  readonly certificates: Pool<Certificate>
  /** Lines of members' logs: cells of one world share most of them. */
  readonly lines: Pool<string>
}

/** What the page's script reads: everything a panel shows. Text in it is visible text; worlds are kept once. */
export function pageData(results: Results): object {
  const pools: Pools = { worlds: pool(), certificates: pool(), lines: pool() }
  const claims = results.claims.map(({ id, says, since, until, open }) => ({ id, says, since, until, open }))
  const cells = results.results.map((result) => cellData(result, pools))
  return visibleData({
    subjects: results.subjects.map(({ name }) => name),
    claims,
    cells,
    worlds: pools.worlds.values,
    certificates: pools.certificates.values,
    lines: pools.lines.values,
  })
}

function cellData(result: CellResult, pools: Pools): object {
  const { declared, health, checks, probe, control, again, without, world, log, timeline, ...rest } = result
  return {
    ...rest,
    checks: inTimeOrder(checks),
    rightly: rightRefusal(result),
    point: pointOf(result.cell),
    standing: standingOf(result),
    ...(declared && { declared: declaredText(result), declaredEvidence: declared.evidence }),
    ...(probe && { probe: observationData(probe, pools) }),
    ...(control && { control: observationData(control, pools) }),
    ...(again && { again: observationData(again, pools) }),
    ...(without && { without: observationData(without, pools) }),
    ...(timeline && { timeline: timelineData(timeline, world, pools) }),
    ...(health && { health: health.map(healthLine) }),
    ...(log && { log: log.map(({ raw }) => pools.lines.index(raw)) }),
    ...(world && { world: pools.worlds.index(worldData(world, pools)) }),
  }
}

function timelineData(steps: readonly TimelineStep[], world: CellResult['world'], pools: Pools): object {
  const view = timelineView(steps, world?.certificates)
  const rows = view.rows.map((row, n) => {
    const seen = steps[n]?.seen
    const title = row.do === 'expire' ? row.what : `${actText(row.do)}: ${row.name}`
    return { ...row, title, ...(seen && { seen: observationData(seen, pools) }) }
  })
  return { ...view, rows }
}

function observationData(seen: Observation, pools: Pools): object {
  const { tls, log, join, form, dial, ...rest } = seen
  const shown = dial?.certificate
  return {
    ...rest,
    log: log.map(({ raw }) => raw),
    ...(join && {
      join: { who: join.who, pairs: joinPairs(join), said: join.said.map(({ raw }) => raw) },
    }),
    ...(form && { form: formRows(form) }),
    ...(dial && {
      dial: { pairs: dialPairs(dial), certificate: shown && pools.certificates.index(shown) },
    }),
    ...(tls && {
      tls: { ...tls, server: tls.server === undefined ? undefined : pools.certificates.index(tls.server) },
    }),
  }
}

const worldData = ({ members, certificates, zone }: World, pools: Pools): object => ({
  members: members.map(({ set: _set, ...member }) => member),
  zone,
  certificates: certificates.map((one) => pools.certificates.index(one)),
})

function healthLine({ probe, at, http, process, error }: Observation): string {
  const outcome =
    http?.status === undefined
      ? (error?.message ?? (process?.ready === true ? 'ready' : 'no answer'))
      : `status ${String(http.status)}`
  return `${at} ${probe}: ${outcome}`
}

/** JSON that cannot end the script element it stands in, nor be read as JavaScript lines. */
export const scriptJson = (data: unknown): string =>
  JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
