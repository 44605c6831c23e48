import { isDeepStrictEqual } from 'node:util'
import type { CellResult, Results } from '../../../reports/index.ts'
import type { GatheredRecord } from '../../gathered/record.ts'
import type { Observation } from '../../probe/observation.ts'
import { observations } from '../../run/cell-result.ts'
import type { Cell } from '../../scenario/claim.ts'

/** Whether evidence is of the cell, the build and the run that it is said to be of. One sentence per slip. Pure. */
export function slipsOfBinding(
  record: GatheredRecord,
  result: CellResult,
  { run, subjects }: Results,
): string[] {
  const [build] = subjects
  const { name, etcd, go, image, tls } = record.subject
  const ofBuild = {
    name: build?.name,
    etcd: build?.etcd,
    go: build?.go,
    image: build?.image,
    tls: build?.tls,
  }
  return [
    ...(record.cell === result.cell ? [] : [`it is the evidence of ${record.cell}`]),
    ...(record.run === run.id ? [] : [`it is the evidence of another run (${record.run})`]),
    ...(isDeepStrictEqual({ name, etcd, go, image, tls }, ofBuild)
      ? []
      : [`it is the evidence of another build (${name})`]),
    ...slipsOfTime(record, run),
    ...slipsOfBuild(record),
  ]
}

/** Every observation lies within the run. */
function slipsOfTime({ evidence }: GatheredRecord, { started, finished }: Results['run']): string[] {
  const seen = JSON.stringify(evidence).matchAll(/"at":"(\d{4}-\d\d-\d\dT[\d:.]+Z)","milliseconds"/g)
  const odd = [...seen].find(([, at = '']) => at < started || at > finished)
  return odd === undefined ? [] : [`something in it was seen at ${String(odd[1])}, outside of the run`]
}

/** The build states its version at its start (`Etcd.serve…`, embed/etcd.go: `etcd-version`, `etcd Version:`). */
function slipsOfBuild({ evidence, subject }: GatheredRecord): string[] {
  const stated = /"etcd-version":"([^"]+)"|\betcd Version: (\S+)/
  for (const { raw } of evidence.log) {
    const [, json, plain] = stated.exec(raw) ?? []
    const version = json ?? plain
    if (version !== undefined && version !== subject.etcd) return [`its log is of etcd ${version}`]
  }
  return []
}

/** The processes of the claim's world were started with its options, and with no others. */
export function slipsOfWorld({ given }: Cell, { world }: GatheredRecord): string[] {
  return Object.entries(given.members).flatMap(([name, { role, options }]) => {
    if (role === 'candidate') return []
    const started = world.members.find((member) => member.name === name)
    if (started === undefined) return [`its world has no ${name}, which the claim asks for`]
    const asked = Object.entries(options).flatMap(([option, value]) =>
      (value as unknown) === undefined ? [] : [option],
    )
    const set = (started.set ?? []).map(({ option }) => option)
    const odd = [...asked.filter((one) => !set.includes(one)), ...set.filter((one) => !asked.includes(one))]
    return odd.length === 0
      ? []
      : [`its ${name} was started otherwise than the claim asks: --${odd.join(', --')}`]
  })
}

/** Whether the results show what was gathered, and nothing else. */
export function slipsOfResult(record: GatheredRecord, result: CellResult): string[] {
  const shown = {
    ...JSON.parse(JSON.stringify({ ...observations(record.evidence), world: record.world })),
  } as Record<string, unknown>
  const stored = result as unknown as Record<string, unknown>
  const { log: all, ...rest } = shown as { log: Observation['log'] }
  const kept = result.log ?? []
  const slips = Object.keys({ ...rest, ...pick(stored) }).filter(
    (field) => !isDeepStrictEqual(stored[field], rest[field as never]),
  )
  if (!isDeepStrictEqual(kept, all.slice(all.length - kept.length))) slips.push('log')
  return slips.map((field) => `the results show another ${field} than was gathered`)
}

const fields = ['probe', 'control', 'again', 'without', 'health', 'timeline', 'world']
const pick = (result: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    fields.filter((field) => result[field] !== undefined).map((field) => [field, result[field]]),
  )
