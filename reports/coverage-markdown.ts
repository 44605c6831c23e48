import { coverageOf, type Coverage, type Exception } from './coverage.ts'
import { code, prose } from './markdown-escape.ts'
import type { Results } from './schema.ts'

/** A row per page, and every promise that no claim covers with its reason. */
export function coveragePart(results: Results): string {
  const pages = coverageOf(results)
  if (pages.length === 0) return ''
  const rows = pages.map(
    ({ page, title, covered, asked, coverable, uncoverable }) =>
      `| ${prose(title)} (${code(page, 'cell')}) | ${String(covered)} of ${String(coverable)} | ${String(asked)} | ${String(uncoverable.length)} |`,
  )
  const head = [
    '| Page | Promises with a claim | Asked here | Cannot be tested |',
    '| --- | --- | --- | --- |',
  ]
  return ['## Coverage', [...head, ...rows].join('\n'), ...pages.map(exceptions)]
    .filter((part) => part !== '')
    .join('\n\n')
}

const exceptions = ({ uncoverable, open }: Coverage): string => [...uncoverable, ...open].map(item).join('\n')
const item = ({ where, says, why }: Exception): string => `- ${code(where)} ${prose(says)} — ${prose(why)}`
