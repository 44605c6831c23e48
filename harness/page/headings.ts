import { pages, type Page } from '../../fixtures/pages.ts'
import { headingKey } from './read-text.ts'

/** The headings of every page, as plain text is searched for them. */
export const knownHeadings: ReadonlySet<string> = new Set(
  Object.values<Page>(pages).flatMap(({ headings }) => headings.map(headingKey)),
)
