import type { LedgerSentence } from '../../../fixtures/ledgers/ledger.ts'
import { ledgers } from '../../../fixtures/ledgers/ledgers.ts'
import { pages, type PageId } from '../../../fixtures/pages.ts'
import type { ClaimRecord, Results } from '../../../reports/schema.ts'

type PageCoverage = NonNullable<Results['coverage']>[number]
type Cited = Pick<ClaimRecord, 'id' | 'page' | 'section' | 'cites'>

/**
 * Which promises of the pages the claims cover.
 * @param whole every section of every page; else the sections that the claims belong to.
 */
export function coverage(claims: readonly Cited[], whole: boolean): PageCoverage[] {
  const sections = new Set(claims.map(({ section }) => section))
  const ids = Object.keys(pages) as PageId[]
  return ids
    .map((page) => ofPage(page, claims, (section) => whole || sections.has(section)))
    .filter(({ promises }) => promises.length > 0)
}

function ofPage(page: PageId, claims: readonly Cited[], wanted: (section: string) => boolean): PageCoverage {
  const own = claims.filter((claim) => claim.page === page)
  const { sentences } = ledgers[page]
  const promises = sentences.map((sentence) => {
    const { section, ordinal, print, says, uncoverable, gap } = sentence
    return {
      section: `${page}/${section}`,
      ordinal,
      print,
      says,
      claims: coveredBy(sentence, own, sentences),
      ...(uncoverable !== undefined && { uncoverable }),
      ...(gap !== undefined && { gap }),
    }
  })
  return { page, title: pages[page].title, promises: promises.filter(({ section }) => wanted(section)) }
}

/** A sentence that the page has twice is covered by claims of its own section only. */
export function coveredBy(
  { print, section }: LedgerSentence,
  claims: readonly Cited[],
  sentences: readonly LedgerSentence[],
): string[] {
  const citing = claims.filter(({ cites }) => cites.includes(print))
  const sections = new Set(sentences.filter((other) => other.print === print).map((other) => other.section))
  return citing
    .filter((claim) => sections.size === 1 || claim.section.endsWith(`/${section}`))
    .map(({ id }) => id)
}
