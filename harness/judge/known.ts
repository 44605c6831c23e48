import { satisfies } from 'semver'
import type { Declared, Verdict } from '../../reports/schema.ts'
import type { z } from 'zod'
import type { Observation } from '../probe/observation.ts'
import type { KnownDeviation, Seen } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { hostOf, type Logical } from './evidence.ts'
import { answerText, hasStarted } from './outcome.ts'

type DeclaredRecord = z.infer<typeof Declared>

/** The declarations that speak of this build, on this side of a step. */
export function declaredFor(
  known: KnownDeviation | readonly KnownDeviation[] | undefined,
  build: Build,
  on: KnownDeviation['side'] = undefined,
): KnownDeviation[] {
  const all =
    known === undefined
      ? []
      : Array.isArray(known)
        ? (known as readonly KnownDeviation[])
        : [known as KnownDeviation]
  return all.filter(
    ({ builds = '*', go = '*', side }) => side === on && within(build.etcd, builds) && within(build.go, go),
  )
}

/** The line that a declaration for this build asks for, of the member or, `said`, of a candidate; undefined where none does. */
export function declaredLine(
  known: Parameters<typeof declaredFor>[0],
  build: Build,
  by: 'log' | 'said' = 'log',
): ((line: LogLine) => boolean) | undefined {
  const lines = declaredFor(known, build).flatMap(({ seen }) => seen[by] ?? [])
  return lines.length === 0 ? undefined : ({ raw }) => lines.some((line) => line.test(raw))
}

const within = (version: string, range: string) => satisfies(version, range, { includePrerelease: true })

/**
 * Holds a verdict against the declaration. Stale when the build does not deviate as declared, or when the
 * stated evidence was not seen. An inconclusive cell says nothing about its declaration.
 */
export function holdAgainst(
  declared: KnownDeviation | undefined,
  verdict: Verdict,
  probe: Observation | undefined,
  log: readonly LogLine[],
  logical: Logical = String,
  whole = log,
): DeclaredRecord | undefined {
  if (declared === undefined || verdict === 'inconclusive' || verdict === 'not-applicable') return undefined
  const unseen =
    probe === undefined ? ['nothing was observed'] : unseenOf(declared.seen, probe, log, logical, whole)
  return {
    verdict: declared.verdict,
    builds: [declared.builds ?? 'every build', declared.go === undefined ? '' : `Go ${declared.go}`]
      .filter(Boolean)
      .join(', '),
    why: declared.why,
    evidence: unseen.length === 0 ? evidenceText(declared.seen) : `not seen: ${unseen.join('; ')}`,
    stale: verdict !== declared.verdict || unseen.length > 0,
  }
}

/**
 * What of the wanted evidence was not seen; questions to the DNS are compared with the page's addresses in them.
 * @param log where a line is looked for when none was joined
 * @param whole in which no line may be; of an empty one nothing is known
 */
export function unseenOf(
  wanted: Seen,
  seen: Observation,
  log: readonly LogLine[],
  logical: Logical = String,
  whole = log,
): string[] {
  const lines = seen.log.length > 0 ? seen.log : log
  const by = hostOf(seen.to)
  const has: Record<keyof Seen, boolean> = {
    alert: seen.alert?.number === wanted.alert,
    status: seen.http?.status === wanted.status,
    grpc: seen.grpc?.code === wanted.grpc,
    exit: (seen.command?.exit ?? seen.process?.exit ?? seen.join?.exit) === wanted.exit,
    suite: seen.tls?.suite === wanted.suite,
    tls: seen.tls?.version === wanted.tls,
    started: hasStarted(seen) === wanted.started,
    body: wanted.body?.test(answerText(seen)) ?? true,
    error: wanted.error?.test(errorText(seen)) ?? true,
    log: lines.some(({ raw }) => wanted.log?.test(raw)),
    unlogged: whole.length > 0 && !whole.some(({ raw }) => wanted.unlogged?.test(raw)),
    said: seen.join?.said.some(({ raw }) => wanted.said?.test(raw)) ?? false,
    asked:
      seen.dns?.some(({ from, type, name }) => from === by && logical(`${type} ${name}`) === wanted.asked) ??
      false,
  }
  return (Object.keys(wanted) as (keyof Seen)[])
    .filter((key) => wanted[key] !== undefined && !has[key])
    .map((key) => `${key} ${String(wanted[key])}`)
}

const errorText = (seen: Observation): string =>
  [seen.error?.code, seen.error?.message, seen.grpc?.details, seen.command?.stderr].filter(Boolean).join('\n')

const evidenceText = (seen: Seen): string =>
  Object.entries(seen)
    .map(([key, value]) => `${key} ${String(value)}`)
    .join(', ')
