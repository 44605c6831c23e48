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

const signalExits: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }

/** A line per subject, and what the run comes to. */
export function totals(results: Results, options: ConsoleOptions, comparison?: Comparison): string {
  const paint = painter(options.color)
  const bySubject = Map.groupBy(results.results, ({ subject }) => subject)
  const width = Math.max(0, ...results.subjects.map(({ name }) => oneLine(name).length))
  const lines = results.subjects.map(
    ({ name }) => `${oneLine(name).padEnd(width)}  ${countText(countsOf(bySubject.get(name) ?? []), paint)}`,
  )
  const { exit, reasons } = conclude(results, comparison)
  const style = exit === 0 ? 'green' : exit === 1 ? styleOf.fail : styleOf.inconclusive
  const sign = exit === 0 ? signs.pass : exit === 1 ? signs.fail : signs.inconclusive
  // A run that a signal ended tells the shell of the signal; its results stay inconclusive.
  const told = signalExits[results.run.interrupted ?? ''] ?? exit
  return [
    ...lines,
    ...reusedLines(results),
    `${paint(style, `${sign} exit ${String(told)}:`)} ${reasons.map(oneLine).join(' · ')}`,
  ].join('\n')
}
