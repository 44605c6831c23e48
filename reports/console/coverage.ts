import { byReason, coverageOf, coverageText, type Exception } from '../coverage.ts'
import type { Results } from '../schema.ts'
import { wrap } from './lines.ts'
import { painter, type ConsoleOptions } from './paint.ts'

const indent = '  '
/** More promises that are open for one reason are told as a number. */
const few = 4

/** How much of each page the claims cover, and what they do not. */
export function coverageLines(results: Results, { color, columns = 80 }: ConsoleOptions): string {
  const pages = coverageOf(results)
  if (pages.length === 0) return ''
  const paint = painter(color)
  return [
    `${paint('bold', 'Coverage')}  ${wrap(pages.map(coverageText).join(' · '), columns, indent)}`,
    ...pages.flatMap(({ page, uncoverable, open }) =>
      [...byReason(uncoverable), ...byReason(open)].map(
        ([why, exceptions]) =>
          indent + wrap(`∅ ${named(page, exceptions)} (${why})`, columns, indent.repeat(2)),
      ),
    ),
  ].join('\n')
}

const named = (page: string, exceptions: readonly Exception[]): string =>
  exceptions.length > few
    ? `${page}: ${String(exceptions.length)} promises`
    : exceptions.map(({ where, says }) => `${where}: ${says}`).join(' ')
