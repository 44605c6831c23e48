import {
  refusalFingerprint,
  startFailureFingerprint,
  type RefusalReason,
  type StartFailure,
} from '../../fixtures/refusals.ts'
import { throughProxy } from '../../fixtures/proxied-refusals.ts'
import type { Cell } from '../scenario/claim.ts'
import type { Because } from '../scenario/outcome.ts'
import type { AnyProbeSpec } from '../scenario/probe.ts'
import type { Observation } from '../probe/observation.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { check, type Check } from './check.ts'
import { describe } from './describe.ts'

/** The listener behind the proxy that a cell asks; undefined where it asks none. */
export const proxyAtOf = (cell: Cell): Because['proxyAt'] =>
  'because' in cell && 'proxyAt' in cell.because ? cell.because.proxyAt : undefined

export type Fingerprint = ReturnType<typeof refusalFingerprint>

/**
 * What this build shows when it refuses for this reason, given the TLS version of the probe. Where the probe asked a
 * proxy (`proxyAt`), it is what the proxy's client is told.
 */
export function fingerprintOf(
  reason: RefusalReason,
  build: Build,
  seen: Observation,
  probe: AnyProbeSpec,
  proxyAt?: Because['proxyAt'],
): Fingerprint {
  const own = 'listener' in probe ? probe.listener : undefined
  const listener = proxyAt ?? own ?? 'client'
  const print = refusalFingerprint(reason, {
    etcd: build.etcd,
    go: build.go,
    tls: seen.tls?.version,
    listener,
  })
  return proxyAt === undefined ? print : throughProxy(print, proxyAt, build.etcd)
}

/** The line is a refusal of this kind for this reason. */
export function lineFits(print: Fingerprint, line: LogLine): boolean {
  if ('silent' in print.log) return false
  return print.log.wrapper.test(line.message) && print.log.text.test(line.error ?? line.message)
}

/** The answer is not etcd's: net/http gave it where it waited for a handshake. */
export const answeredForIt = ({ answer }: Fingerprint, { http }: Observation): boolean =>
  answer !== undefined && http?.status === answer.status && http.body === answer.body

/** Alert, status, gRPC code and log line, each its own check. */
export function because(reason: RefusalReason, print: Fingerprint, seen: Observation): Check[] {
  return [
    ...alertCheck(print, seen),
    ...statusCheck(print, seen),
    ...grpcCheck(print, seen),
    ...logCheck(reason, print, seen),
  ]
}

function alertCheck(print: Fingerprint, seen: Observation): Check[] {
  if (print.alert === undefined) return []
  // A command may lose the alert to the reset that follows it (TLS 1.3), not to an end in order; a wrong one counts.
  if (seen.command !== undefined && seen.alert === undefined && seen.closed?.how !== 'end') return []
  return [
    check(
      'because',
      seen.alert?.number === print.alert && seen.alert.direction === 'received',
      `alert ${String(print.alert)} from etcd`,
      describe(seen),
    ),
  ]
}

const told = (details?: RegExp): string[] => (details === undefined ? [] : [String(details)])

function statusCheck(print: Fingerprint, seen: Observation): Check[] {
  if (print.status === undefined) return []
  const met = seen.http?.status === print.status && (print.details?.test(seen.http.body) ?? true)
  return [
    check(
      'because',
      met,
      [`status ${String(print.status)}`, ...told(print.details)].join(' '),
      describe(seen),
    ),
  ]
}

function grpcCheck(print: Fingerprint, seen: Observation): Check[] {
  if (print.grpc === undefined) return []
  const met = seen.grpc?.code === print.grpc && (print.details?.test(seen.grpc.details) ?? true)
  return [check('because', met, [`gRPC ${print.grpc}`, ...told(print.details)].join(' '), describe(seen))]
}

function logCheck(reason: RefusalReason, print: Fingerprint, seen: Observation): Check[] {
  if ('silent' in print.log) return []
  const joined = seen.log.filter((line) => lineFits(print, line))
  const told = seen.log.map(({ raw }) => raw).join(' | ')
  return [
    check(
      'because',
      joined.length > 0,
      `etcd's log gives the reason for this connection (${reason}: ${print.log.text.source})`,
      joined[0]?.raw ?? (told === '' ? 'no log line belongs to this connection' : told),
    ),
  ]
}

/** Exit status and stated reason of a process that did not start. */
export function becauseExit(failure: StartFailure, build: Build, seen: Observation): Check[] {
  const print = startFailureFingerprint(failure, { etcd: build.etcd, go: build.go })
  const line = seen.log.find(({ raw, message, error }) =>
    [error, message, raw].some((text) => text && print.log.test(text)),
  )
  return [
    check('because', seen.process?.exit === print.exit, `exit ${String(print.exit)}`, describe(seen)),
    check('because', line !== undefined, `the log states ${print.log.source}`, line?.raw ?? describe(seen)),
  ]
}
