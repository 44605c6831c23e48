import type { PageCoverage, PromiseRecord } from './coverage-schema.ts'
import type { Results } from './schema.ts'

/** A promise that no claim covers, and why. */
export interface Exception {
  /** `security/https 7`. */
  readonly where: string
  readonly says: string
  readonly why: string
}

export interface Coverage {
  readonly page: string
  readonly title: string
  /** Promises that claims cite. */
  readonly covered: number
  /** Those of which a cell was asked: one at least applies to a build of the run. */
  readonly asked: number
  /** Promises that a claim can cover. */
  readonly coverable: number
  /** Promises that nothing can cover. */
  readonly uncoverable: readonly Exception[]
  /** Promises that a claim could cover and none does. */
  readonly open: readonly Exception[]
}

/** How much of each page the claims of a run cover, as counts and with every exception. */
export function coverageOf({ coverage, results }: Pick<Results, 'coverage' | 'results'>): Coverage[] {
  const asked = new Set(
    results.flatMap(({ claim, verdict }) => (verdict === 'not-applicable' ? [] : [claim])),
  )
  return (coverage ?? []).map((page) => ofPage(page, asked))
}

function ofPage({ page, title, promises }: PageCoverage, asked: ReadonlySet<string>): Coverage {
  const bare = promises.filter(({ claims }) => claims.length === 0)
  const never = bare.filter(({ uncoverable }) => uncoverable !== undefined)
  const open = bare.filter(({ uncoverable }) => uncoverable === undefined)
  return {
    page,
    title,
    covered: promises.length - bare.length,
    asked: promises.filter(({ claims }) => claims.some((id) => asked.has(id))).length,
    coverable: promises.length - never.length,
    uncoverable: never.map(exception),
    open: open.map(exception),
  }
}

const exception = ({ section, ordinal, says, uncoverable, gap }: PromiseRecord): Exception => ({
  where: `${section} ${String(ordinal)}`,
  says,
  why: uncoverable ?? gap ?? 'no claim of this run covers it',
})

/** `security 125 of 127 promises, 120 of them asked here`, and what nothing can cover. */
export function coverageText({ page, covered, asked, coverable, uncoverable }: Coverage): string {
  const here = asked < covered ? `, ${String(asked)} of them asked here` : ''
  const never = uncoverable.length > 0 ? ` (${String(uncoverable.length)} more that nothing can test)` : ''
  return `${page} ${String(covered)} of ${String(coverable)} promises${here}${never}`
}

/** Exceptions by their reason, in order: many promises may be open for one reason. */
export const byReason = (exceptions: readonly Exception[]): [string, Exception[]][] => [
  ...Map.groupBy(exceptions, ({ why }) => why),
]

/** The same promises, with the claims of every part. Takes the coverage of one page in several runs. */
export function mergedCoverage(
  parts: readonly (readonly PageCoverage[] | undefined)[],
): PageCoverage[] | undefined {
  const all = parts.flatMap((part) => part ?? [])
  if (all.length === 0) return undefined
  return [...Map.groupBy(all, ({ page }) => page).values()].map((pages) => ({
    page: pages[0]?.page ?? '',
    title: pages[0]?.title ?? '',
    promises: [
      ...Map.groupBy(
        pages.flatMap(({ promises }) => promises),
        ({ section, ordinal }) => `${section} ${String(ordinal)}`,
      ).values(),
    ].map(together),
  }))
}

function together([first, ...others]: readonly PromiseRecord[]): PromiseRecord {
  if (first === undefined) throw new TypeError('a group has at least one promise')
  return { ...first, claims: [...new Set([first, ...others].flatMap(({ claims }) => claims))] }
}
