import { coverageOf, coverageText } from '../coverage.ts'
import { oneLine } from '../sanitize.ts'
import type { Results } from '../schema.ts'
import { painter, type ConsoleOptions } from './paint.ts'

/** How much of each page the claims cover, a line each; what they do not cover, and why, is in the report. */
export function coverageLines(results: Results, { color }: ConsoleOptions): string {
  const pages = coverageOf(results)
  if (pages.length === 0) return ''
  return [
    painter(color)('bold', 'Coverage'),
    ...pages.map((page) => `  ${oneLine(coverageText(page))}`),
  ].join('\n')
}
