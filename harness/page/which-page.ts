import { ledgers } from '../../fixtures/ledgers/ledgers.ts'
import { pages, type PageId } from '../../fixtures/pages.ts'
import { inputError } from '../errors.ts'
import { found } from './match.ts'
import type { Sentence } from './sentences.ts'

const ids = Object.keys(pages) as PageId[]

/** The page that is named, or that most sentences belong to. Errors: HarnessError with exit 2. */
export function whichPage(sentences: readonly Sentence[], file: string, named?: string): PageId {
  if (named !== undefined) {
    const page = ids.find((id) => id === named)
    if (page === undefined)
      throw inputError('page-unknown', `--page ${named}: the pages are ${ids.join(', ')}.`)
    return page
  }
  const [best] = ids
    .map((id) => ({ id, count: found(sentences, ledgers[id]) }))
    .sort((a, b) => b.count - a.count)
  if (best === undefined || best.count === 0)
    throw inputError(
      'page-not-known',
      `${file} is none of the pages (${ids.join(', ')}): not one of their sentences is in it; name the page with --page if it was rewritten.`,
    )
  return best.id
}
