import { finderOf, keyOf } from './results-view.ts'
import { verdicts } from './schema.ts'
import type { CellResult, Results, Verdict } from './schema.ts'

export const signs: Readonly<Record<Verdict, string>> = {
  pass: '✔',
  drift: '≈',
  fail: '✘',
  inconclusive: '?',
  'not-applicable': '–',
}
export const words: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  drift: 'drift',
  fail: 'fail',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
}
/** `*`: a known deviation. `!`: a declaration that no longer holds. */
export type Mark = '' | '*' | '!'

type Judged = Pick<CellResult, 'verdict' | 'declared'>

/** What a result means for the run. */
export type Standing =
  'as-promised' | 'as-declared' | 'not-applicable' | 'undeclared' | 'stale' | 'inconclusive'

/** A declaration counts only for the verdict it names, and only while it holds. */
export function standingOf({ verdict, declared }: Judged): Standing {
  if (verdict === 'inconclusive') return 'inconclusive'
  if (declared?.stale === true) return 'stale'
  if (verdict === 'pass') return 'as-promised'
  if (verdict === 'not-applicable') return 'not-applicable'
  return declared?.verdict === verdict ? 'as-declared' : 'undeclared'
}

export function markOf(result: Judged): Mark {
  if (result.declared?.stale === true) return '!'
  return standingOf(result) === 'as-declared' ? '*' : ''
}

/** `fail*`, `pass!`, `not applicable`. */
export const wordOf = (result: Judged): string => words[result.verdict] + markOf(result)
/** `✘*`, `✔!`, `–`. */
export const signOf = (result: Judged): string => signs[result.verdict] + markOf(result)

/** How bad a result is, for sorting: what breaks the build first, then what was declared, then the rest. */
export function severityOf(result: Judged): number {
  const standing = standingOf(result)
  if (standing === 'undeclared') return result.verdict === 'fail' ? 7 : 6
  const order: Standing[] = ['not-applicable', 'as-promised', 'as-declared', 'inconclusive', 'stale']
  const place = order.indexOf(standing)
  return standing === 'as-declared' && result.verdict === 'drift' ? place - 0.5 : place
}

export type Counts = Record<Verdict, number> & { declared: number; stale: number; total: number }

/** Results by verdict; `declared` and `stale` are among them, not beside them. */
export function countsOf(results: readonly Judged[]): Counts {
  const zero = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>
  const counts: Counts = { ...zero, declared: 0, stale: 0, total: results.length }
  for (const result of results) {
    counts[result.verdict] += 1
    if (markOf(result) === '*') counts.declared += 1
    if (markOf(result) === '!') counts.stale += 1
  }
  return counts
}

/**
 * The verdict is none that the judge gives for these checks: a file that was edited, or written by something else.
 * What is not a pass need not be proved.
 */
export function contradicts({ verdict, checks }: Pick<CellResult, 'verdict' | 'checks'>): boolean {
  if (verdict === 'not-applicable') return checks.length > 0
  if (verdict === 'pass') return checks.length === 0 || checks.some(({ met }) => !met)
  return verdict === 'drift' && checks.some(({ question, met }) => !met && question !== 'printed')
}

/** A cell that has not exactly one result on a subject, or a result of a cell nobody listed. */
export interface Gap {
  readonly what: 'missing' | 'twice' | 'unknown'
  readonly cell: string
  readonly subject: string
}

export function gapsOf(results: Results): Gap[] {
  const find = finderOf(results)
  const listed = new Set<string>()
  const gaps: Gap[] = []
  for (const { name: subject } of results.subjects) {
    for (const claim of results.claims) {
      const found = Map.groupBy(find(claim, subject), ({ cell }) => cell)
      for (const { id: cell } of claim.cells) {
        listed.add(keyOf(subject, cell))
        const count = found.get(cell)?.length ?? 0
        if (count !== 1) gaps.push({ what: count === 0 ? 'missing' : 'twice', cell, subject })
      }
    }
  }
  const unknown = results.results.filter(({ subject, cell }) => !listed.has(keyOf(subject, cell)))
  return [...gaps, ...unknown.map(({ cell, subject }) => ({ what: 'unknown' as const, cell, subject }))]
}
