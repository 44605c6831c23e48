import { changeText, changeWords } from '../baseline/comparison.ts'
import type { Change, Comparison } from '../baseline/comparison.ts'
import { columnText, fromTo, noteLines, shownChanges, whyText, type ShownChange } from '../baseline/shown.ts'
import { oneLine } from '../sanitize.ts'
import type { Results } from '../schema.ts'
import { wrap } from './lines.ts'
import { painter, styleOf, type ConsoleOptions, type Paint } from './paint.ts'

/** Of each kind so many are named; all of them are in the report. */
const mostNamed = 20

const styles: Readonly<Record<Change, Parameters<Paint>[0]>> = {
  regressed: styleOf.fail,
  'newly-drifting': styleOf.drift,
  gone: styleOf.inconclusive,
  mended: styleOf.pass,
  new: 'bold',
  unchanged: 'dim',
}

/** What is another than in the baseline, regressions first; empty without a baseline. */
export function baselineText(results: Results, options: ConsoleOptions, comparison?: Comparison): string {
  if (comparison === undefined) return ''
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const alone = comparison.columns.length === 1
  const note = (text: string): string => `  ${paint('dim', wrap(text, columns, '  '))}`
  return [
    `${paint('bold', 'Since the baseline')}  ${oneLine(comparison.from)}, ${oneLine(comparison.finished)}`,
    ...comparison.columns.map(
      (one) => `  ${wrap(`${columnText(one)}: ${changeText(one.counts)}`, columns, '  ')}`,
    ),
    ...noteLines(comparison).map(note),
    ...shownChanges(results, comparison).flatMap(({ change, cells }) => [
      ...cells
        .slice(0, mostNamed)
        .map((one) => line(one, paint(styles[change], changeWords[change]), columns, alone)),
      ...(cells.length > mostNamed
        ? [note(`and ${String(cells.length - mostNamed)} more ${changeWords[change]}, in the report`)]
        : []),
    ]),
  ].join('\n')
}

function line(one: ShownChange, word: string, columns: number, alone: boolean): string {
  const head = `${word}  ${oneLine(one.cell)}${alone ? '' : `  ${oneLine(one.subject)}`}`
  return `${head}\n    ${wrap(`${fromTo(one)}: ${oneLine(whyText(one))}`, columns, '    ')}`
}
