import { pages, type Page } from '../../../fixtures/pages.ts'
import { nearestTo } from '../../nearest.ts'
import type { Scenario } from '../../scenario/claim.ts'

/** A user's file may hold anything. */
type Loose = { readonly [K in keyof Scenario]?: unknown } & { readonly id: string }

/** What is wrong with a scenario's section, in words, or undefined. Pages that are not ours may have any. */
export function wrongSection(section: Loose): string | undefined {
  return wrongHeading(section) ?? wrongCore(section)
}

/** A slip in a name would leave a promise out of the certification that it was meant for. */
function wrongCore({ core = [], claims }: Loose): string | undefined {
  if (!Array.isArray(core)) return '`core` is no list; write the names of claims in brackets'
  const names = Object.keys(claims as object)
  const slip = core.map(String).find((one) => !names.includes(one))
  return slip === undefined
    ? undefined
    : `\`core\` names ${slip}, which is no claim here${nearestTo(slip, names)}`
}

function wrongHeading({ id, heading }: Loose): string | undefined {
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
