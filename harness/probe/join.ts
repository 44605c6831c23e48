import type { ProbeSpec } from '../scenario/probe.ts'
import type { LogLine } from '../world/log-line.ts'
import type { LogBook } from '../world/log-book.ts'
import type { Observation } from './observation.ts'

/** Milliseconds a line that states the reason may come after the client saw the refusal. */
const logLimit = 2_000
/** Lines kept of a connection: results hold those of every probe, and a build may write without end. */
const keptLines = 20

/**
 * Adds the log lines that belong to a probe: by the client's port, or by its address where only that is known, and for a rejected HTTP request, which etcd
 * logs without an address, by its host. With `expected` it waits for such a line. Lines before `from` are older
 * than the probe.
 */
export async function withLog(
  seen: Observation,
  spec: ProbeSpec,
  log: LogBook,
  { from, expected }: { from: number; expected?: ((line: LogLine) => boolean) | undefined },
): Promise<Observation> {
  const mine = (line: LogLine) =>
    belongs(line, seen, spec) || (isAnonymous(line) && expected?.(line) === true)
  if (expected !== undefined)
    await log.waitFor((line) => mine(line) && expected(line), { from, limit: logLimit })
  return { ...seen, log: bounded(log.lines.slice(from).filter(mine), keptLines, expected) }
}

/** The first lines; among them the one that states the reason, wherever it stood. */
export function bounded(
  lines: readonly LogLine[],
  most: number,
  expected?: (line: LogLine) => boolean,
): readonly LogLine[] {
  const kept = lines.slice(0, most)
  const reason = expected && lines.find(expected)
  return reason === undefined || kept.includes(reason) ? kept : [...kept.slice(0, -1), reason]
}

function belongs(line: LogLine, seen: Observation, spec: ProbeSpec): boolean {
  if (line.remotePort !== undefined)
    return seen.localPort === undefined
      ? line.remoteAddress !== undefined && line.remoteAddress === seen.localAddress
      : line.remotePort === seen.localPort
  return line.host !== undefined && spec.kind === 'http' && line.host === hostName(spec.host)
}

/** What etcd says of a connection or a host always names it (embed/config_logging.go, embed/serve.go). */
const naming = /^rejected connection|^rejecting HTTP request/
/** A line that names no connection; a world is used by one cell at a time, so its moment tells whose it is. */
const isAnonymous = ({ remotePort, host, message }: LogLine): boolean =>
  remotePort === undefined && host === undefined && !naming.test(message)

/** The host without its port, as etcd's httputil.GetHostname takes it. */
function hostName(host: string | undefined): string | undefined {
  if (host === undefined) return undefined
  return /^\[([^\]]*)\](:\d+)?$/.exec(host)?.[1] ?? /^([^:]*):\d*$/.exec(host)?.[1] ?? host
}
