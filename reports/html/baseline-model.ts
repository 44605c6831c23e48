import { changes, changeText, changeWords } from '../baseline/index.ts'
import type { CellChange, Change, Comparison } from '../baseline/index.ts'
import { fromTo } from '../baseline/shown.ts'
import { addressOf } from './address.ts'

/** What is otherwise than in the baseline, as the summary shows it. */
export interface BaselineModel {
  readonly text: string
  readonly from: string
  readonly run: string
  readonly finished: string
  readonly worse: number
  readonly notes: readonly string[]
  readonly changes: readonly {
    readonly change: Change
    readonly word: string
    readonly claims: readonly ChangedClaim[]
  }[]
}

/** Cells of one claim that changed alike. */
interface ChangedClaim {
  readonly claim: string
  /** `pass → fail`. */
  readonly step: string
  readonly worse: boolean
  readonly why: string
  readonly redefined: string
  /** `address` is empty where this run has no such cell. */
  readonly cells: readonly { readonly text: string; readonly address: string }[]
}

/** What is unchanged is not told, nor what is new because a whole column has no counterpart. */
export function baselineModel(comparison: Comparison): BaselineModel {
  const told = comparison.columns.flatMap(({ baseline, cells }) => (baseline === undefined ? [] : cells))
  return {
    text: changeText(comparison.counts),
    from: comparison.from,
    run: comparison.run,
    finished: comparison.finished.slice(0, 16).replace('T', ' '),
    worse: comparison.worse,
    notes: [
      ...comparison.notes,
      ...comparison.columns.flatMap(({ subject, baseline, notes, notAsked }) => [
        `${subject}: ${baseline === undefined ? 'no counterpart in the baseline, all of it is new' : `beside ${baseline}`}`,
        ...notes.map((note) => `${subject}: ${note}`),
        ...(notAsked > 0
          ? [`${subject}: this run was not asked for ${String(notAsked)} cells of the baseline`]
          : []),
      ]),
    ],
    changes: changes
      .filter((change) => change !== 'unchanged')
      .map((change) => ({
        change,
        word: changeWords[change],
        claims: claimsOf(told.filter((cell) => cell.change === change)),
      }))
      .filter(({ claims }) => claims.length > 0),
  }
}

const definitions = {
  text: 'the claim says something else now',
  definition: 'the claim does something else now',
} as const

const claimsOf = (cells: readonly CellChange[]): ChangedClaim[] =>
  [...Map.groupBy(cells, (cell) => [cell.claim, fromTo(cell), cell.why, cell.redefined].join('\n')).values()]
    .flatMap((same) => {
      const [first] = same
      if (first === undefined) return []
      const { claim, worse, why, redefined } = first
      return {
        ...{ claim, step: fromTo(first), worse, why },
        redefined: redefined === undefined ? '' : definitions[redefined],
        cells: same.map(({ cell, subject, now }) => ({
          text: `${cell.slice(claim.length + 1)} ${subject}`.trim(),
          address: now === undefined ? '' : addressOf({ cell, on: subject }),
        })),
      }
    })
    .toSorted((a, b) => Number(b.worse) - Number(a.worse))
