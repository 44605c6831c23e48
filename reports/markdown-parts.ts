import { exercised, exercisedLegend, exerciseText } from './exercised.ts'
import { code, prose } from './markdown-escape.ts'
import { notSo, subjectText } from './not-so.ts'
import type { Results } from './schema.ts'
import { stepHows, stepLegend, stepLine, stepRows } from './steps.ts'

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')

export const linked = (heading: string, url: string | undefined): string =>
  url === undefined ? prose(heading) : `[${prose(heading)}](<${url}>)`

/** At the top: what the documentation says and builds do not do. */
export function notSoPart(results: Results): string {
  const found = notSo(results)
  if (found.length === 0) return ''
  const items = found.map(({ claim, says, heading, url, on }) =>
    [
      `- ${code(claim)} ${prose(says)} (${linked(heading, url)})`,
      ...on.map((one) => `  - ${code(subjectText(one))}: ${code(one.evidence)}, because ${prose(one.why)}`),
    ].join('\n'),
  )
  return `## Documented, but not so\n\n${items.join('\n')}`
}

/** Folded: which options were exercised, how, for which listener, on which subjects. */
export function exercisedPart(results: Results): string {
  const { rows, never } = exercised(results)
  if (rows.length === 0) return ''
  const body = rows.map(({ option, listener, on }) => [
    code(option, 'cell'),
    prose(listener),
    ...on.map((found) => prose(exerciseText(found))),
  ])
  const bare = never.map(
    ({ subject, options }) =>
      `- ${code(subject)} knows, and no cell set: ${options.map((one) => code(one)).join(', ')}`,
  )
  return [
    '<details><summary>Options exercised</summary>',
    prose(exercisedLegend),
    ...(bare.length > 0 ? [bare.join('\n')] : []),
    table(['Option', 'Listener', ...results.subjects.map(({ name }) => code(name, 'cell'))], body),
    '</details>',
  ].join('\n\n')
}

/** Claims with a release of the page's, each as a line of versions beside what the page says. */
export function stepsPart(results: Results): string {
  const rows = stepRows(results)
  if (rows.length === 0) return ''
  const cells = rows.map((row) => [
    `${code(row.claim, 'cell')}<br>${prose(row.says)}`,
    row.url === undefined ? prose(row.page) : linked(row.page, row.url),
    [stepLine(row), ...row.missing].map(prose).join('<br>'),
    stepHows(row).map(prose).join('<br>'),
  ])
  const head = ['Claim', 'The page says', 'Versions', 'How it is absent']
  return `## Since which release\n\n${prose(stepLegend)}\n\n${table(head, cells)}`
}
