import { byReason, coverageOf, coverageText, type Exception } from '../coverage.ts'
import type { Results } from '../schema.ts'
import { addressOf } from './address.ts'

/** What the template shows of the pages' coverage. */
export const coverageModel = (
  results: Results,
): { page: string; address: string; title: string; text: string; reasons: [string, Exception[]][] }[] =>
  coverageOf(results).map((page) => ({
    page: page.page,
    address: addressOf({ page: page.page }),
    title: page.title,
    text: coverageText(page),
    reasons: [...byReason(page.uncoverable), ...byReason(page.open)],
  }))
