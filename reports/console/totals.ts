import type { Comparison } from '../baseline/comparison.ts'
import { conclude } from '../conclusion.ts'
import { reusedLines } from '../reused.ts'
import { oneLine } from '../sanitize.ts'
import { verdicts } from '../schema.ts'
import type { Results } from '../schema.ts'
import { countsOf, signs, words } from '../verdicts.ts'
import type { Counts } from '../verdicts.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions, Paint } from './paint.ts'

/** `12 pass · 1 drift · 3 not applicable (1 of the fails and drifts is declared)`; what is zero is left out. */
export function countText(counts: Counts, paint: Paint = painter(false)): string {
  const told = verdicts.filter((verdict) => counts[verdict] > 0)
  const text = told
    .map((verdict) => paint(styleOf[verdict], `${String(counts[verdict])} ${words[verdict]}`))
    .join(' · ')
  const marks = [
    counts.declared > 0
      ? `${String(counts.declared)} of the fails and drifts ${counts.declared === 1 ? 'is' : 'are'} declared`
      : '',
    counts.stale > 0
      ? `${String(counts.stale)} ${counts.stale === 1 ? 'declaration is' : 'declarations are'} stale`
      : '',
  ].filter((mark) => mark !== '')
  return (text === '' ? 'nothing' : text) + (marks.length > 0 ? ` (${marks.join(', ')})` : '')
}

/** A line per subject, and what the run comes to. */
export function totals(results: Results, options: ConsoleOptions, comparison?: Comparison): string {
  const paint = painter(options.color)
  const bySubject = Map.groupBy(results.results, ({ subject }) => subject)
  const width = Math.max(0, ...results.subjects.map(({ name }) => oneLine(name).length))
  const lines = results.subjects.map(
    ({ name }) => `${oneLine(name).padEnd(width)}  ${countText(countsOf(bySubject.get(name) ?? []), paint)}`,
  )
  const conclusion = conclude(results, comparison)
  const { status: exit = conclusion.exit } = options
  const style = exit === 0 ? 'green' : exit === 1 ? styleOf.fail : styleOf.inconclusive
  const sign = exit === 0 ? signs.pass : exit === 1 ? signs.fail : signs.inconclusive
  // Results that were complete do not say so themselves.
  const late = exit !== conclusion.exit && results.run.interrupted === undefined
  const reasons = [...(late ? ['interrupted when all was played'] : []), ...conclusion.reasons]
  return [
    ...lines,
    ...reusedLines(results),
    `${paint(style, `${sign} exit ${String(exit)}:`)} ${reasons.map(oneLine).join(' · ')}`,
  ].join('\n')
}
