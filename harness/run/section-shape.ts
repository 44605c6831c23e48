import { pages, type Page } from '../../fixtures/pages.ts'
import { nearestTo } from '../nearest.ts'

/** What is wrong with a scenario's section, in words, or undefined. Pages that are not ours may have any. */
export function wrongSection({ id, heading }: { id: string; heading: unknown }): string | undefined {
  const [page = '', section = ''] = id.split('/')
  if (typeof heading !== 'string' || heading.trim() === '')
    return "`heading` is missing: the section's heading on the page"
  const known = Object.hasOwn(pages, page) ? (pages as Record<string, Page>)[page]?.sections : undefined
  if (known === undefined) return undefined
  if (!Object.hasOwn(known, section))
    return `fixtures/pages.ts has no section "${section}" of ${page}${nearestTo(section, Object.keys(known))}`
  if (known[section] !== heading)
    return `the heading of ${id} is "${String(known[section])}", not "${heading}"; write headingOf('${id}') of fixtures/pages.ts`
  return undefined
}
