import { finderOf, sectionsOf } from './results-view.ts'
import type { CellResult, Results } from './schema.ts'
import { standingOf } from './verdicts.ts'

/** What one subject does instead of what is promised. */
export interface NotSoOn {
  readonly subject: string
  /** Of the claim's cells on this subject, those that are not so. */
  readonly cells: readonly string[]
  /** Of how many. */
  readonly of: number
  /** What was seen, one line. */
  readonly evidence: string
  /** As the declaration says. */
  readonly why: string
}
/** A promise of the documentation that builds do not keep, declared as such and seen again in this run. */
export interface NotSo {
  readonly claim: string
  readonly says: string
  readonly heading: string
  /** Of the section in the documentation. */
  readonly url?: string
  readonly on: readonly NotSoOn[]
}

/**
 * "Documented, but not so": claims with a declared fail whose evidence held, in the order of the sections. A drift
 * keeps the promise, a stale declaration shows nothing: neither is here. Pure; texts are not escaped.
 */
export function notSo(results: Results): NotSo[] {
  const find = finderOf(results)
  return sectionsOf(results).flatMap(({ heading, url, claims }) =>
    claims.flatMap((claim) => {
      const on = results.subjects.flatMap(({ name }) => onSubject(name, find(claim, name)))
      if (on.length === 0) return []
      return [{ claim: claim.id, says: claim.says, heading, ...(url !== undefined && { url }), on }]
    }),
  )
}

function onSubject(subject: string, results: readonly CellResult[]): NotSoOn[] {
  const found = results.filter((one) => one.verdict === 'fail' && standingOf(one) === 'as-declared')
  const [first] = found
  if (first === undefined) return []
  return [
    {
      subject,
      cells: found.map(({ cell }) => cell),
      of: results.length,
      evidence: shortened(first.seen),
      why: first.declared?.why ?? '',
    },
  ]
}

const longest = 240
function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}

/** `3.6.16@module+go1.26.10`, and of how many cells it is told where it is not all of them. */
export const subjectText = ({ subject, cells, of }: NotSoOn): string =>
  cells.length === of ? subject : `${subject} (${String(cells.length)} of ${String(of)} cells)`
