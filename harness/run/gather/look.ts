import type { AwaitedLine } from '../../judge/awaited-line.ts'
import { withLog } from '../../probe/join.ts'
import { observe } from '../../probe/observe.ts'
import type { Observation } from '../../probe/observation.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import type { LogBook } from '../../world/log-book.ts'
import type { World } from '../../world/world.ts'
import { inTime } from './in-time.ts'

export interface Following {
  /** The log line that must follow, by what was seen. */
  readonly line?: (seen: Observation) => AwaitedLine | undefined
  /** Who turns a proxy away which is asked, and logs it. */
  readonly behindProxy?: string | undefined
}

/**
 * Makes one probe and joins its log lines and what was asked of the world's DNS.
 * Errors: HarnessError.
 */
export async function lookOnce(
  what: string,
  spec: ProbeSpec,
  world: World,
  { line, behindProxy: refusing }: Following = {},
): Promise<Observation> {
  const { log } = world.member(refusing ?? spec.to)
  const from = log.lines.length
  const asked = world.queries().length
  // A relay is made when it is first asked for: that is no part of the probe's time.
  if ('from' in spec && spec.from !== undefined)
    await world.route(spec.to, spec.listener ?? 'client', spec.from)
  const seen = await inTime(spec, what, observe(spec, world))
  const expected = line?.(seen)
  const joined =
    refusing === undefined
      ? await withLog(seen, spec, log, { from, expected })
      : await withProxyLog(seen, spec, world, { log, from, expected })
  if (world.spec.dns === undefined) return joined
  // etcd asks before it refuses, and says so after: by its line all questions are out.
  await world.queriesSettled()
  return { ...joined, dns: world.queries(asked) }
}

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
