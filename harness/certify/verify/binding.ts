import { isDeepStrictEqual } from 'node:util'
import type { CellResult, Results } from '../../../reports/index.ts'
import type { GatheredRecord } from '../../gathered/record.ts'
import type { Observation, SeenForm } from '../../probe/observation.ts'
import { asWritten } from '../../gathered/as-written.ts'
import { observations } from '../../run/cell-result.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { MemberSpec } from '../../scenario/world.ts'
import { etcdArguments } from '../../world/arguments.ts'
import type { MemberRecord } from '../../world/member-record.ts'

/** Whether evidence is what it is said to be, and what the results show. One sentence per slip. Pure. */
export const slipsOfEvidence = (record: GatheredRecord, result: CellResult, results: Results): string[] => [
  ...slipsOfBinding(record, result, results),
  ...slipsOfResult(record, result),
]

/** Whether evidence is of the cell, the build and the run that it is said to be of. */
function slipsOfBinding(record: GatheredRecord, result: CellResult, { run, subjects }: Results): string[] {
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
    ...slipsOfLogs(record),
    ...slipsOfBuild(record),
  ]
}

/** A time as this tool writes all of them, so that two are compared as texts. */
export const isTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)

/** Every observation lies within the run. */
function slipsOfTime({ evidence }: GatheredRecord, { started, finished }: Results['run']): string[] {
  const odd = timesIn(evidence).find((at) => !isTime(at) || at < started || at > finished)
  return odd === undefined ? [] : [`something in it was seen at ${odd}, outside of the run`]
}

/** When each observation was made, however deep it lies. */
function timesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'at' in value && 'probe' in value ? [String(value.at)] : []
  return [...own, ...Object.values(value).flatMap(timesIn)]
}

/**
 * What members that form were told to announce is told with them: without it the judge would take what is listed for
 * it. Evidence of earlier versions does not tell it.
 */
export function slipsOfForms({ evidence }: GatheredRecord): string[] {
  const untold = formsIn(evidence)
    .flatMap(({ members }) => members)
    .find(({ announced }) => announced === undefined)
  return untold === undefined ? [] : [`its evidence does not tell what ${untold.name} was told to announce`]
}

/** The members of each observation, however deep it lies. */
function formsIn(value: unknown): SeenForm[] {
  if (typeof value !== 'object' || value === null) return []
  const own = 'form' in value && 'probe' in value ? [value.form as SeenForm | undefined] : []
  return [...own.filter((form) => form !== undefined), ...Object.values(value).flatMap(formsIn)]
}

/** A log is of a process that there was. */
function slipsOfLogs({ evidence, world }: GatheredRecord): string[] {
  const there = new Set(world.members.map(({ name }) => name))
  const odd = Object.keys(evidence.logs ?? {}).find((name) => !there.has(name))
  return odd === undefined ? [] : [`it has a log of ${odd}, which its world has not`]
}

/** What a build states of itself as it starts (embed/etcd.go, etcdmain/etcd.go), as JSON and as text before 3.5. */
const statements = {
  etcd: /"etcd-version":"([^"]+)"|\betcd Version: (\S+)/,
  go: /"go-version":"go([^"]+)"|\bGo Version: go(\S+)/,
  commit: /"git-sha":"([^"]+)"|\bGit SHA: (.+)/,
}

const statedIn = (raw: string, what: keyof typeof statements): string | undefined => {
  const [, json, plain] = statements[what].exec(raw) ?? []
  return json ?? plain
}

/** Lines of the build itself: a service may be another etcd. */
function linesOfBuild({ evidence, world }: GatheredRecord): string[] {
  const services = new Set(world.members.filter(({ role }) => role === 'service').map(({ name }) => name))
  const logs = Object.entries(evidence.logs ?? {}).filter(([name]) => !services.has(name))
  return [evidence.log, ...logs.map(([, log]) => log)].flatMap((log) => log.map(({ raw }) => raw))
}

/** The version, and the Go, that the build states. */
function slipsOfBuild(record: GatheredRecord): string[] {
  for (const raw of linesOfBuild(record)) {
    const [etcd, go] = [statedIn(raw, 'etcd'), statedIn(raw, 'go')]
    if (etcd !== undefined && etcd !== record.subject.etcd) return [`its log is of etcd ${etcd}`]
    if (go !== undefined && go !== record.subject.go) return [`its log is of a build with Go ${go}`]
  }
  return []
}

/** The commits that the build states in the logs of a cell; one build has one. */
export const commitsIn = (record: GatheredRecord): string[] => [
  ...new Set(linesOfBuild(record).flatMap((raw) => statedIn(raw, 'commit') ?? [])),
]

/** The processes of the claim's world were started with its options, and with no others. */
export function slipsOfWorld({ given }: Cell, { world }: GatheredRecord): string[] {
  return Object.entries(given.members).flatMap(([name, spec]) => {
    const { role, options } = spec
    if (role === 'candidate') return []
    const started = world.members.find((member) => member.name === name)
    if (started === undefined) return [`its world has no ${name}, which the claim asks for`]
    const asked = Object.entries(options).flatMap(([option, value]) =>
      (value as unknown) === undefined ? [] : [option],
    )
    const set = (started.set ?? []).map(({ option }) => option)
    const odd = [...asked.filter((one) => !set.includes(one)), ...set.filter((one) => !asked.includes(one))]
    const said = odd.length > 0 ? odd : unsaid({ ...spec, options }, started)
    return said.length === 0
      ? []
      : [`its ${name} was started otherwise than the claim asks: --${said.join(', --')}`]
  })
}

/**
 * Options whose value the process was not given, as far as the claim alone says how it is written: files lie elsewhere
 * in each run, and addresses are the run's.
 */
function unsaid({ options, way, flags }: MemberSpec, { command, environment }: MemberRecord): string[] {
  const plain = Object.entries(options).filter(([, value]) => isPlain(value))
  return plain.flatMap(([option, value]) => {
    const asked = { options: { [option]: value }, base: {}, pathOf: () => '' }
    const { argv, environment: variables } = etcdArguments({
      ...asked,
      ...(way && { way }),
      ...(flags && { flags }),
    })
    const isSaid =
      way === 'config-file' ||
      (argv.every((word) => command.includes(word)) &&
        Object.entries(variables).every(([name, text]) => environment[name] === text))
    // The last one counts.
    const isTwice = command.filter((word) => word.replace(/^--?/, '').split('=')[0] === option).length > 1
    return isSaid && !isTwice ? [] : [option]
  })
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && /^[\w-]+$/.test(value))

/** Whether the results show what was gathered, and nothing else. */
function slipsOfResult(record: GatheredRecord, result: CellResult): string[] {
  const shown = asWritten({ ...observations(record.evidence), world: record.world })
  const stored = result as unknown as Record<string, unknown>
  const { log: all, ...rest } = shown as unknown as { log: Observation['log'] }
  const kept = result.log ?? []
  const slips = Object.keys({ ...rest, ...pick(stored) }).filter(
    (field) => !isDeepStrictEqual(stored[field], rest[field as never]),
  )
  if (!isDeepStrictEqual(kept, all.slice(all.length - kept.length))) slips.push('log')
  return slips.map((field) => `the results show another ${field} than was gathered`)
}

/** What the results hold of the evidence whole; of a log they may keep its end. */
const whole = ['probe', 'control', 'again', 'without', 'health', 'timeline', 'world']
/** What the results hold of the evidence. */
export const fieldsOfEvidence = [...whole, 'log']
const pick = (result: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    whole.filter((field) => result[field] !== undefined).map((field) => [field, result[field]]),
  )
