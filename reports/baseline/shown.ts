import type { CellResult, Results } from '../schema.ts'
import { keyOf } from '../results-view.ts'
import { changes } from './comparison.ts'
import type { CellChange, Change, ColumnComparison, Comparison } from './comparison.ts'
import { counts } from './verdict.ts'

/** A change with what this run saw of the cell, where it has a result. */
export interface ShownChange extends CellChange {
  readonly result?: CellResult
  /** It keeps the run from exit 0. */
  readonly bad: boolean
}

/** Everything that changed, by kind, the worst first; within a kind what keeps the run from exit 0 comes first. */
export function shownChanges(
  results: Results,
  comparison: Comparison,
): { readonly change: Change; readonly cells: readonly ShownChange[] }[] {
  const byKey = new Map(results.results.map((one) => [keyOf(one.subject, one.cell), one]))
  const all = comparison.columns
    .flatMap(({ cells }) => cells)
    .filter(({ change }) => change !== 'unchanged')
    .map((one): ShownChange => {
      const result = byKey.get(keyOf(one.subject, one.cell))
      return { ...one, bad: counts(comparison, one), ...(result !== undefined && { result }) }
    })
  return changes.flatMap((change) => {
    const cells = all.filter((one) => one.change === change)
    return cells.length === 0
      ? []
      : [{ change, cells: cells.toSorted((a, b) => Number(b.bad) - Number(a.bad)) }]
  })
}

/** `pass → fail*`. */
export const fromTo = ({ before = 'no result', now = 'no result' }: CellChange): string =>
  `${before} → ${now}`

/** The reason, and that it may be the claim. */
export const whyText = ({ why, redefined }: CellChange): string =>
  redefined === undefined
    ? why
    : `${why}; the claim itself is another than in the baseline (its ${redefined === 'text' ? 'words' : 'definition'})`

/** `3.6.17@module+go1.26.10 against 3.6.16@module+go1.26.10`. */
export const columnText = ({ subject, baseline }: ColumnComparison): string =>
  baseline === undefined || baseline === subject ? subject : `${subject} against ${baseline}`

/** What concerns the whole comparison, a sentence each. */
export function noteLines({ notes, columns }: Comparison): string[] {
  const notAsked = Math.max(0, ...columns.map((one) => one.notAsked))
  return [
    ...notes,
    ...columns.flatMap((column) => column.notes.map((note) => `${column.subject}: ${note}`)),
    ...(notAsked === 0
      ? []
      : [`${String(notAsked)} cells of the baseline were not asked for in this run; they are not compared`]),
  ]
}
