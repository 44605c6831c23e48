import { oneLine } from '../sanitize.ts'
import type { Results } from '../schema.ts'
import { stepLegend, stepLine, stepRows, type StepRow } from '../steps.ts'
import { wrap } from './lines.ts'
import { painter, type ConsoleOptions, type Paint } from './paint.ts'

/** Claims with a release of the page's, each as a line of versions: two lines a claim, how it is absent in the report. */
export function stepsText(results: Results, options: ConsoleOptions): string {
  const rows = stepRows(results)
  if (rows.length === 0) return ''
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const title = paint('bold', `Since which release (${String(rows.length)})`)
  return [
    title,
    paint('dim', wrap(stepLegend, columns)),
    ...rows.flatMap((row) => rowLines(row, columns, paint)),
  ].join('\n')
}

const rowLines = (row: StepRow, columns: number, paint: Paint): string[] => [
  `${paint('bold', oneLine(row.claim))}  ${oneLine(row.page)}`,
  `  ${wrap(oneLine(stepLine(row)), columns, '  ')}`,
  ...row.missing.map((one) => `  ${paint('dim', wrap(oneLine(one), columns, '  '))}`),
]
