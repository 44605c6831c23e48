import { fingerprintOf, lineFits, proxyAtOf } from '../../judge/fingerprint.ts'
import { startFailureFingerprint } from '../../../fixtures/refusals.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { Subject } from '../../subject/subject.ts'
import type { Seen } from './plan.ts'

type Line = Seen['log'][number]

/**
 * The text by which the log stated the reason in the run, as it stands in a raw line; undefined where it stated none.
 * What differs from run to run (times, ports, what a client offers) is cut off.
 */
export function reasonInLog(seen: Seen, cell: Cell, subject: Subject): string | undefined {
  // A candidate may itself turn away the member that it asks.
  const own = cell.then.outcome === 'refused' && cell.then.by === seen.join?.who ? seen.join.said : seen.log
  const found = own.find(statesReason(seen, own, cell, subject))
  return found === undefined ? undefined : textOf(found)
}

function statesReason(
  seen: Seen,
  log: readonly Line[],
  cell: Cell,
  subject: Subject,
): (line: Line) => boolean {
  if ('because' in cell && 'failure' in cell.because) {
    const { log: pattern } = startFailureFingerprint(cell.because.failure, subject)
    const fits = ({ raw, message, error }: Line): boolean =>
      [error, message, raw].some((text) => text !== undefined && pattern.test(text))
    return seen.process === undefined ? () => false : fits
  }
  const reason = 'because' in cell && 'reason' in cell.because ? cell.because.reason : undefined
  if (reason === undefined) return (line) => line.error !== undefined
  const print = fingerprintOf(reason, subject, seen, cell.when, proxyAtOf(cell))
  if (log.some((line) => lineFits(print, line))) return (line) => lineFits(print, line)
  return (line) => line.error !== undefined
}

/** Where a text begins to differ from run to run. */
const passing =
  / ?(: current time |; client offered: | \(lookup | \(possibly because of | \(offered |: \[[0-9a-f]|dial tcp )/

/** The steady part of what a line says, spelt as in the line. */
function textOf({ raw, error, message }: Line): string | undefined {
  const said = (error ?? message).replace(/^.*\d+\.\d+\.\d+\.\d+:\d{4,5}:? /, '')
  const steady = said.slice(0, passing.exec(said)?.index ?? said.length).trimEnd()
  if (steady === '') return undefined
  const spelt = [steady, JSON.stringify(steady).slice(1, -1)]
  return spelt.find((text) => raw.includes(text))
}
