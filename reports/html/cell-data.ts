import { dialPairs, formRows, joinPairs } from '../members-seen.ts'
import { declaredText } from '../plain-text.ts'
import type { CellResult, Observation, TimelineStep } from '../schema.ts'
import { actText, timelineView } from '../timeline.ts'
import { standingOf } from '../verdicts.ts'
import { inTimeOrder, rightRefusal } from './checks.ts'
import { shared } from './pack.ts'
import type { CertificateData, CellData, SeenData, TimelineData, WorldData } from './page-types.ts'
import { sequenceOf } from './sequence/sequence.ts'

type World = NonNullable<CellResult['world']>

/** Everything the page shows of one cell. Worlds and certificates are shared; texts are not made visible yet. */
export function cellData(result: CellResult): CellData {
  const { declared, health, checks, probe, control, again, without, world, log, timeline, ...rest } = result
  return {
    ...rest,
    checks: inTimeOrder(checks),
    rightly: rightRefusal(result),
    standing: standingOf(result),
    sequence: sequenceOf(result),
    ...(declared && { declared: declaredText(result), declaredEvidence: declared.evidence }),
    ...(probe && { probe: observationData(probe) }),
    ...(control && { control: observationData(control) }),
    ...(again && { again: observationData(again) }),
    ...(without && { without: observationData(without) }),
    ...(timeline && { timeline: timelineData(timeline, world) }),
    ...(health && { health: health.map(healthLine) }),
    ...(log && { log: shared(log.map(({ raw }) => raw)) }),
    ...(world && { world: worldData(world) }),
  }
}

function timelineData(steps: readonly TimelineStep[], world: CellResult['world']): TimelineData {
  const view = timelineView(steps, world?.certificates)
  const rows = view.rows.map((row, n) => {
    const seen = steps[n]?.seen
    const title = row.do === 'expire' ? row.what : `${actText(row.do)}: ${row.name}`
    return { ...row, title, ...(seen && { seen: observationData(seen) }) }
  })
  return { ...view, rows }
}

function observationData(seen: Observation): SeenData {
  const { tls, log, join, form, dial, ...rest } = seen
  return {
    ...rest,
    log: log.map(({ raw }) => raw),
    ...(join && {
      join: { who: join.who, pairs: joinPairs(join), said: shared(join.said.map(({ raw }) => raw)) },
    }),
    ...(form && { form: formRows(form) }),
    ...(dial && { dial: { pairs: dialPairs(dial), certificate: sharedOf(dial.certificate) } }),
    ...(tls && { tls: { ...tls, server: sharedOf(tls.server) } }),
  }
}

const sharedOf = (certificate: CertificateData | undefined): CertificateData | undefined =>
  certificate && shared(certificate)

const worldData = ({ members, certificates, zone }: World): WorldData =>
  shared({
    members: members.map(({ set: _set, ...member }) => member),
    zone,
    certificates: certificates.map((one) => shared(one)),
  })

function healthLine({ probe, at, http, process, error }: Observation): string {
  const outcome =
    http?.status === undefined
      ? (error?.message ?? (process?.ready === true ? 'ready' : 'no answer'))
      : `status ${String(http.status)}`
  return `${at} ${probe}: ${outcome}`
}
