import { compare } from 'semver'
import type { Change, Comparison } from '../baseline/index.ts'
import { finderOf, pointOf, sectionOf } from '../results-view.ts'
import type { Finder } from '../results-view.ts'
import { visibleData } from '../sanitize.ts'
import type { ClaimRecord, Results, Side } from '../schema.ts'
import { stepHows, stepLine, stepRows } from '../steps.ts'
import { numberOf } from '../version.ts'
import { cellCodes, codeOf } from './cell-codes.ts'

/** What the page's script reads first: all that the matrix, the pages and the histories need, and no evidence. */
export interface IndexData {
  /** What the letters of cells mean, and how bad each is. */
  readonly codes: Readonly<Record<string, { verdict: string; mark: string; severity: number }>>
  readonly subjects: readonly IndexSubject[]
  readonly sections: readonly { readonly id: string; readonly heading: string; readonly url?: string }[]
  readonly claims: readonly IndexClaim[]
  readonly pages: readonly IndexPage[]
}

export interface IndexSubject {
  readonly name: string
  readonly etcd: string
  readonly go: string
  /** Its place among the subjects from the oldest etcd to the newest. */
  readonly age: number
  /** A letter per cell, in the order of the claims and their cells, as in cell-codes.ts. */
  readonly codes: string
  /** A letter per cell: `s` the promise is for it, `b` before it, `e` excepted, `a` after its end, `-` for all alike. */
  readonly sides: string
  /** `r` for a cell that was not played in this run, `-` for the others; absent where all were played. */
  readonly reused?: string
  /** What is otherwise than in the baseline, by the place of the cell. */
  readonly changes?: Readonly<Record<number, IndexChange>>
}

export interface IndexChange {
  readonly change: Change
  readonly worse: boolean
  readonly before: string
  readonly why: string
}

export interface IndexClaim {
  readonly id: string
  readonly section: string
  readonly says: string
  readonly since?: string
  readonly until?: string
  readonly except?: readonly string[]
  readonly open?: string
  /** Ids of the cells without the claim's: `tls=1.2`, or empty. */
  readonly points: readonly string[]
  /** Where the page names a release that the run crosses. */
  readonly step?: {
    readonly line: string
    readonly missing: readonly string[]
    readonly hows: readonly string[]
  }
}

export interface IndexPage {
  readonly page: string
  readonly title: string
  readonly promises: readonly {
    readonly section: string
    readonly ordinal: number
    readonly print: string
    readonly says: string
    readonly claims: readonly string[]
    /** Why nothing can cover it, or why nothing does yet. */
    readonly why?: string
  }[]
}

/** Pure. Texts are visible ones. */
export function indexData(results: Results, comparison?: Comparison): IndexData {
  const find = finderOf(results)
  const steps = new Map(stepRows(results).map((row) => [row.claim, row]))
  const oldest = results.subjects.toSorted((a, b) => compare(numberOf(a.etcd), numberOf(b.etcd)))
  return visibleData({
    codes: cellCodes,
    subjects: results.subjects.map((subject) => ({
      ...{ name: subject.name, etcd: subject.etcd, go: subject.go, age: oldest.indexOf(subject) },
      ...lettersOf(results.claims, subject.name, find),
      ...changesOf(results.claims, subject.name, comparison),
    })),
    sections: results.sections,
    claims: results.claims.map((claim) => {
      const { id, says, since, until, except, open } = claim
      const row = steps.get(id)
      return {
        ...{ id, section: sectionOf(claim), says },
        ...(since !== undefined && { since }),
        ...(until !== undefined && { until }),
        ...(except !== undefined && { except }),
        ...(open !== undefined && { open }),
        points: claim.cells.map((cell) => pointOf(cell.id)),
        ...(row && { step: { line: stepLine(row), missing: row.missing, hows: stepHows(row) } }),
      }
    }),
    pages: pagesOf(results),
  })
}

const sideLetters: Readonly<Record<Side['is'], string>> = {
  since: 's',
  before: 'b',
  excepted: 'e',
  after: 'a',
}

function lettersOf(claims: readonly ClaimRecord[], subject: string, find: Finder) {
  const found = claims.flatMap((claim) => {
    const byCell = new Map(find(claim, subject).map((result) => [result.cell, result]))
    return claim.cells.map(({ id }) => byCell.get(id))
  })
  const reused = found.map((result) => (result?.reused === undefined ? '-' : 'r')).join('')
  return {
    codes: found.map(codeOf).join(''),
    sides: found.map((result) => (result?.side === undefined ? '-' : sideLetters[result.side.is])).join(''),
    ...(reused.includes('r') && { reused }),
  }
}

function changesOf(
  claims: readonly ClaimRecord[],
  subject: string,
  comparison: Comparison | undefined,
): Pick<IndexSubject, 'changes'> {
  const column = comparison?.columns.find((one) => one.subject === subject)
  if (column?.baseline === undefined) return {}
  const places = new Map(claims.flatMap(({ cells }) => cells.map(({ id }) => id)).map((id, n) => [id, n]))
  const changed = column.cells.flatMap(({ cell, change, worse, before = 'no result', why }) => {
    const place = places.get(cell)
    return change === 'unchanged' || place === undefined
      ? []
      : [[place, { change, worse, before, why }] as const]
  })
  return { changes: Object.fromEntries(changed) }
}

const pagesOf = ({ coverage = [] }: Results): IndexPage[] =>
  coverage.map(({ page, title, promises }) => ({
    page,
    title,
    promises: promises.map(({ section, ordinal, print, says, claims, uncoverable, gap }) => {
      const why = uncoverable ?? gap
      return { section, ordinal, print, says, claims, ...(why !== undefined && { why }) }
    }),
  }))

/** JSON that cannot end the script element it stands in, nor be read as JavaScript lines. */
export const scriptJson = (data: unknown): string =>
  JSON.stringify(data).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
