import type { CellResult } from '../schema.ts'

/**
 * What became of a cell since the baseline, the worst first. `new` and `gone`: only one of both has a verdict on it.
 */
export const changes = ['regressed', 'newly-drifting', 'gone', 'mended', 'new', 'unchanged'] as const
export type Change = (typeof changes)[number]

export const changeWords: Readonly<Record<Change, string>> = {
  regressed: 'regressed',
  'newly-drifting': 'newly drifting',
  gone: 'gone',
  mended: 'mended',
  new: 'new',
  unchanged: 'unchanged',
}

/** One cell of one column. */
export interface CellChange {
  readonly cell: string
  readonly claim: string
  /** Of this run. */
  readonly subject: string
  readonly change: Change
  /** It keeps the run from exit 0: undeclared, and the baseline was better or has nothing to say of it. */
  readonly worse: boolean
  /** In words: `pass`, `fail*`, `not applicable`; absent where there is no result. */
  readonly before?: string
  readonly now?: string
  /** One sentence; the verdicts are not in it. Not escaped. */
  readonly why: string
  /** The claim is not the one that the baseline asked: its words or what it does. Then it may not be the build. */
  readonly redefined?: 'text' | 'definition'
}

/** A subject of this run beside one of the baseline's. */
export interface ColumnComparison {
  readonly subject: string
  /** Of the baseline; absent where none corresponds: then every cell is new. */
  readonly baseline?: string
  /** What to know before the two are compared, a sentence each: another release, another origin, another Go. */
  readonly notes: readonly string[]
  readonly cells: readonly CellChange[]
  readonly counts: Readonly<Record<Change, number>>
  readonly worse: number
  /** Cells of the baseline that this run was not asked for; they are not gone. */
  readonly notAsked: number
}

/** A run beside an earlier one. Plain data: it can be written as JSON. */
export interface Comparison {
  /** Every change counts, and what is neither promised nor declared counts whatever the baseline says. */
  readonly strict: boolean
  /** Where the baseline was read from, and which run it is. */
  readonly from: string
  readonly run: string
  readonly finished: string
  /** What concerns all columns, a sentence each. */
  readonly notes: readonly string[]
  /** In the order of this run's subjects. */
  readonly columns: readonly ColumnComparison[]
  readonly counts: Readonly<Record<Change, number>>
  readonly worse: number
}

export const noChanges = (): Record<Change, number> =>
  Object.fromEntries(changes.map((change) => [change, 0])) as Record<Change, number>

/** `2 regressed · 1 mended · 730 unchanged`; what there is none of is left out. */
export const changeText = (counts: Comparison['counts']): string =>
  changes
    .filter((change) => counts[change] > 0)
    .map((change) => `${String(counts[change])} ${changeWords[change]}`)
    .join(' · ') || 'no cell to compare'

/** All changes of a comparison by cell and subject, for reports that show one cell. */
export function changeFinder(
  comparison: Comparison,
): (result: Pick<CellResult, 'cell' | 'subject'>) => CellChange | undefined {
  const all = new Map(
    comparison.columns.flatMap(({ cells }) => cells.map((one) => [`${one.subject}\n${one.cell}`, one])),
  )
  return ({ cell, subject }) => all.get(`${subject}\n${cell}`)
}
