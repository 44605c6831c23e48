import { AssertionError } from 'node:assert'
import { standingOf } from '../../reports/verdicts.ts'
import type { CellResult } from '../../reports/schema.ts'

/** The build does as promised or as declared, or is not asked. */
export const isKept = (result: CellResult): boolean =>
  ['as-promised', 'as-declared', 'not-applicable'].includes(standingOf(result))

/** What a runner is told of a cell that is not kept: an assertion that failed, or a harness that could not tell. */
export function problemOf(result: CellResult): Error {
  const stale = result.declared?.stale
    ? ` (stale: declared ${result.declared.verdict}, ${result.declared.evidence})`
    : ''
  const message = [
    `${result.verdict}${stale}`,
    `promised: ${result.promised}`,
    `seen: ${result.seen}`,
    ...result.why.map((why) => `why: ${why}`),
  ].join('\n')
  return result.verdict === 'inconclusive' ? new Error(message) : new AssertionError({ message })
}
