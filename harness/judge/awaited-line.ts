import type { RefusalReason } from '../../fixtures/refusals.ts'
import type { Observation } from '../probe/observation.ts'
import type { Cell, NoJoinCell } from '../scenario/claim.ts'
import type { Because } from '../scenario/outcome.ts'
import type { AnyProbeSpec } from '../scenario/probe.ts'
import type { Build } from '../subject/subject.ts'
import type { LogLine } from '../world/log-line.ts'
import { fingerprintOf, lineFits, proxyAtOf, type Fingerprint } from './fingerprint.ts'
import { declaredLine } from './known.ts'
import { absentLine } from './other-side.ts'
import { peerFingerprint } from './peer-fingerprint.ts'

/** A log line is the one that is waited for. */
export type AwaitedLine = (line: LogLine) => boolean

/**
 * The line that must follow a probe: of the refusal, be it promised, declared, or of a build on the other side of a step;
 * undefined where none is to come, as after an answer.
 */
export function lineAfterProbe(cell: Cell, build: Build, seen: Observation): AwaitedLine | undefined {
  if (seen.http !== undefined && seen.http.status < 400) return undefined
  const absent = absentLine(cell, build)
  if (absent !== undefined) return absent
  if (!('because' in cell) || !('reason' in cell.because) || cell.because.reason === undefined)
    return declaredLine(cell.known, build)
  return lineOfReason(cell.because.reason, build, seen, cell.when, proxyAtOf(cell))
}

/** The same after a join that must be refused, of the member that was asked. */
export function lineAfterJoin(cell: Cell, build: Build): AwaitedLine | undefined {
  const absent = absentLine(cell, build)
  if (absent !== undefined) return absent
  return cell.then.outcome === 'refused'
    ? lineOfRefusedJoin(cell as NoJoinCell, build)
    : declaredLine(cell.known, build)
}

/** The line by which this build says why it turned a connection away; undefined where it writes none. */
export function lineOfReason(
  reason: RefusalReason,
  build: Build,
  seen: Observation,
  probe: AnyProbeSpec,
  proxyAt?: Because['proxyAt'],
): AwaitedLine | undefined {
  return lineOf(fingerprintOf(reason, build, seen, probe, proxyAt))
}

/** The line of the member that was asked which must follow a refused join; undefined where the build writes none. */
export function lineOfRefusedJoin(
  { when, then, because }: NoJoinCell,
  build: Build,
): AwaitedLine | undefined {
  const reason = then.by === when.who ? 'client-sent-bad-certificate' : because.reason
  return lineOf(peerFingerprint(reason, build))
}

const lineOf = (print: Fingerprint): AwaitedLine | undefined =>
  'silent' in print.log ? undefined : (line) => lineFits(print, line)
