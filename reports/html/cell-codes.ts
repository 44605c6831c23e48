import type { CellResult, Verdict } from '../schema.ts'
import { markOf } from '../verdicts.ts'

/**
 * Verdict and mark of a cell as one letter: those of a subject are one string, and a page of 25,000 cells stays small.
 * `severity` as severityOf has it; no result at all is worse than one that is not sure.
 */
export const cellCodes = {
  p: { verdict: 'pass', mark: '', severity: 1 },
  P: { verdict: 'pass', mark: 'stale', severity: 4 },
  d: { verdict: 'drift', mark: '', severity: 6 },
  k: { verdict: 'drift', mark: 'known', severity: 1.5 },
  D: { verdict: 'drift', mark: 'stale', severity: 4 },
  f: { verdict: 'fail', mark: '', severity: 7 },
  K: { verdict: 'fail', mark: 'known', severity: 2 },
  F: { verdict: 'fail', mark: 'stale', severity: 4 },
  i: { verdict: 'inconclusive', mark: '', severity: 3 },
  I: { verdict: 'inconclusive', mark: 'stale', severity: 3 },
  n: { verdict: 'not-applicable', mark: '', severity: 0 },
  N: { verdict: 'not-applicable', mark: 'stale', severity: 4 },
  '.': { verdict: 'missing', mark: '', severity: 5 },
} as const satisfies Record<string, { verdict: Verdict | 'missing'; mark: Mark; severity: number }>

type Mark = '' | 'known' | 'stale'
export type CellCode = keyof typeof cellCodes

const letters = new Map(
  Object.entries(cellCodes).map(([letter, { verdict, mark }]) => [`${verdict} ${mark}`, letter as CellCode]),
)

/** What the matrix calls a mark. */
export const markWord = (result: Pick<CellResult, 'verdict' | 'declared'>): Mark =>
  (({ '': '', '*': 'known', '!': 'stale' }) as const)[markOf(result)]

/** `.` where there is no result. */
export const codeOf = (result: CellResult | undefined): CellCode =>
  result === undefined ? '.' : (letters.get(`${result.verdict} ${markWord(result)}`) ?? '.')
