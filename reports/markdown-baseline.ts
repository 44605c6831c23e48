import { changes, changeWords } from './baseline/comparison.ts'
import type { Comparison } from './baseline/comparison.ts'
import { fromTo, noteLines, shownChanges, whyText, type ShownChange } from './baseline/shown.ts'
import { code, prose } from './markdown-escape.ts'
import { table } from './markdown-parts.ts'
import type { Results } from './schema.ts'

/** Characters of what was seen. */
const longestSeen = 240

/** A list with its heading, an item for each line. */
export interface ListPart {
  readonly title: string
  readonly items: readonly string[]
}

/** How many cells of each build became what. */
export const changeTable = ({ columns }: Comparison): string =>
  table(
    ['Build', 'Baseline', ...changes.map((change) => changeWords[change])],
    columns.map(({ subject, baseline, counts }) => [
      code(subject, 'cell'),
      baseline === undefined ? 'none' : code(baseline, 'cell'),
      ...changes.map((change) => String(counts[change])),
    ]),
  )

export const changeNotes = (comparison: Comparison): string =>
  noteLines(comparison)
    .map((note) => `- ${prose(note)}`)
    .join('\n')

/** Everything that changed, the worst first. */
export const changeLists = (results: Results, comparison: Comparison): ListPart[] =>
  shownChanges(results, comparison).map(({ change, cells }) => ({
    title: `${capital(changeWords[change])} (${String(cells.length)})`,
    items: cells.map((one) => item(one, comparison.columns.length === 1)),
  }))

function item(one: ShownChange, alone: boolean): string {
  const seen = one.result === undefined || one.change === 'mended' ? '' : one.result.seen
  const shown = seen.length > longestSeen ? `${seen.slice(0, longestSeen)}…` : seen
  return [
    `- ${one.bad ? '**✘** ' : ''}${code(one.cell)}${alone ? '' : ` on ${code(one.subject)}`}: ${prose(fromTo(one))} (${prose(whyText(one))})`,
    ...(shown.trim() === '' ? [] : [`seen: ${code(shown)}`]),
  ].join(' — ')
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** The section of report.md; empty without a baseline. */
export function baselinePart(results: Results, comparison: Comparison | undefined): string {
  if (comparison === undefined) return ''
  return [
    '## Since the baseline',
    `${code(comparison.from)}, run ${code(comparison.run)}, ${prose(comparison.finished)}`,
    changeTable(comparison),
    changeNotes(comparison),
    ...changeLists(results, comparison).map(({ title, items }) => `### ${title}\n\n${items.join('\n')}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
