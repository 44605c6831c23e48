import { fingerprintOf, lineFits } from '../../judge/fingerprint.ts'
import { declaredLine } from '../../judge/known.ts'
import { absentLine } from '../../judge/other-side.ts'
import { withLog } from '../../probe/join.ts'
import { observe } from '../../probe/observe.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import type { LogBook } from '../../world/log-book.ts'
import type { LogLine } from '../../world/log-line.ts'
import type { World } from '../../world/world.ts'
import { inTime } from './in-time.ts'

/**
 * Makes one probe and joins its log lines and what was asked of the world's DNS; `of` is the cell whose refusal the
 * log must state, `line` one that must follow without a cell.
 * Errors: HarnessError.
 */
export async function lookOnce(
  what: string,
  spec: ProbeSpec,
  world: World,
  of?: Cell,
  line?: (line: LogLine) => boolean,
): Promise<Observation> {
  const refusing = of && behindProxy(of)
  const { log } = world.member(refusing ?? spec.to)
  const from = log.lines.length
  const asked = world.queries().length
  // A relay is made when it is first asked for: that is no part of the probe's time.
  if ('from' in spec && spec.from !== undefined)
    await world.route(spec.to, spec.listener ?? 'client', spec.from)
  const seen = await inTime(spec, what, observe(spec, world))
  const expected = of === undefined ? line : expectation(of, world, seen)
  const joined =
    refusing === undefined
      ? await withLog(seen, spec, log, { from, expected })
      : await withProxyLog(seen, spec, world, { log, from, expected })
  if (world.spec.dns === undefined) return joined
  // etcd asks before it refuses, and says so after: by its line all questions are out.
  await world.queriesSettled()
  return { ...joined, dns: world.queries(asked) }
}

/** The member that turns the proxy away which is asked. */
const behindProxy = ({ then, ...cell }: Cell): string | undefined =>
  then.outcome === 'refused' &&
  'because' in cell &&
  'proxyAt' in cell.because &&
  cell.because.proxyAt !== undefined
    ? then.by
    : undefined

/** The proxy dials the member from its own address, which is all that is known of that connection. */
async function withProxyLog(
  seen: Observation,
  spec: ProbeSpec,
  world: World,
  { log, ...what }: { log: LogBook } & Parameters<typeof withLog>[3],
): Promise<Observation> {
  const { localPort: _, ...rest } = seen
  const { log: lines } = await withLog(
    { ...rest, localAddress: world.member(spec.to).address },
    spec,
    log,
    what,
  )
  return { ...seen, log: lines }
}

/**
 * The log line that must follow a refusal, be it promised, declared, or of a build on the other side of a step; a probe
 * that was answered has none to wait for.
 */
function expectation(cell: Cell, world: World, seen: Observation): ((line: LogLine) => boolean) | undefined {
  const served = seen.http !== undefined && seen.http.status < 400
  if (served) return undefined
  const absent = absentLine(cell, world.subject)
  if (absent !== undefined) return absent
  if (!('because' in cell) || !('reason' in cell.because) || cell.because.reason === undefined)
    return declaredLine(cell.known, world.subject)
  const proxyAt = 'proxyAt' in cell.because ? cell.because.proxyAt : undefined
  const print = fingerprintOf(cell.because.reason, world.subject, seen, cell.when, proxyAt)
  return 'silent' in print.log ? undefined : (line) => lineFits(print, line)
}
