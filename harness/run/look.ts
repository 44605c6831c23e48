import { fingerprintOf, lineFits } from '../judge/fingerprint.ts'
import { declaredFor } from '../judge/known.ts'
import { withLog } from '../probe/join.ts'
import { observe } from '../probe/observe.ts'
import type { Observation } from '../probe/observation.ts'
import type { Cell } from '../scenario/claim.ts'
import type { ProbeSpec } from '../scenario/probe.ts'
import type { LogLine } from '../world/log-line.ts'
import type { World } from '../world/world.ts'
import { inTime } from './in-time.ts'

/**
 * Makes one probe and joins its log lines; `of` is the cell whose refusal the log must state.
 * Errors: HarnessError.
 */
export async function lookOnce(what: string, spec: ProbeSpec, world: World, of?: Cell): Promise<Observation> {
  const { log } = world.member(spec.to)
  const from = log.lines.length
  const seen = await inTime(spec, what, observe(spec, world))
  return withLog(seen, spec, log, { from, expected: of && expectation(of, world, seen) })
}

/**
 * The log line that must follow a refusal, be it promised or declared; a probe that was answered has none to wait
 * for.
 */
function expectation(cell: Cell, world: World, seen: Observation): ((line: LogLine) => boolean) | undefined {
  const served = seen.http !== undefined && seen.http.status < 400
  if (served) return undefined
  if (!('because' in cell) || !('reason' in cell.because) || cell.because.reason === undefined)
    return declaredLine(cell, world)
  const print = fingerprintOf(cell.because.reason, world.subject, seen, cell.when)
  return 'silent' in print.log ? undefined : (line) => lineFits(print, line)
}

function declaredLine(cell: Cell, { subject }: World): ((line: LogLine) => boolean) | undefined {
  const logs = declaredFor(cell.known, subject).flatMap(({ seen }) => seen.log ?? [])
  return logs.length === 0 ? undefined : ({ raw }) => logs.some((log) => log.test(raw))
}
