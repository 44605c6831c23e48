import { join } from 'node:path'
import { changeFinder } from '../baseline/comparison.ts'
import type { Comparison } from '../baseline/comparison.ts'
import type { CellResult, Results } from '../schema.ts'
import { oneLine } from '../sanitize.ts'
import { membersSeen } from '../members-seen.ts'
import { declaredText } from '../plain-text.ts'
import { reasonsOf } from '../reasons.ts'
import { reusedText } from '../reused.ts'
import { timelineLines } from '../timeline.ts'
import { severityOf, signs, standingOf, wordOf } from '../verdicts.ts'
import { wrap } from './lines.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions, Paint } from './paint.ts'

/** So many are told in full, and so many more by name; all of them are in the report. */
const [mostInFull, mostNamed] = [10, 40]

/**
 * What keeps the run from exit 0, the worst first: undeclared fails and drifts, stale declarations, what is open. With
 * a baseline what is worse than it comes before what was so already.
 */
export function details(results: Results, options: ConsoleOptions, comparison?: Comparison): string {
  const paint = painter(options.color)
  const change = comparison === undefined ? undefined : changeFinder(comparison)
  const worse = (result: CellResult): number => (change?.(result)?.worse === true ? 1 : 0)
  const open = results.results
    .filter((result) => ['undeclared', 'stale', 'inconclusive'].includes(standingOf(result)))
    .toSorted((a, b) => worse(b) - worse(a) || severityOf(b) - severityOf(a))
  const [idle, played] = [open.filter(didNotRun), open.filter((result) => !didNotRun(result))]
  const more = played.slice(mostInFull)
  const unnamed = more.length - mostNamed
  return [
    ...played.slice(0, mostInFull).map((result) => inFull(result, options)),
    [
      ...more.slice(0, mostNamed).map((result) => headOf(result, paint)),
      ...(unnamed > 0 ? [`and ${String(unnamed)} more, in the report`] : []),
    ].join('\n'),
    idleText(idle, paint),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
}

/** The run ended before this cell was done: nothing was seen of it (`not-run` and `run-ended` of the harness). */
const didNotRun = ({ why, probe }: CellResult): boolean =>
  probe === undefined && /^(not-run|run-ended):/.test(why[0] ?? '')

/** A line for each reason. */
const idleText = (idle: readonly CellResult[], paint: Paint): string =>
  [...Map.groupBy(idle, ({ why }) => why[0] ?? '')]
    .map(
      ([why, cells]) =>
        `${paint(styleOf.inconclusive, '∅')} ${String(cells.length)} cells did not run: ${oneLine(why)}`,
    )
    .join('\n')

/** The first failure of a run while it is still going, in full. */
export function firstFailure(result: CellResult, options: ConsoleOptions): string {
  return inFull(result, options)
}

function inFull(result: CellResult, { color, columns = 80, folder = '' }: ConsoleOptions): string {
  const paint = painter(color)
  const { declared } = result
  const evidence = result.evidence && join(folder, result.evidence)
  const rows: [string, string | undefined][] = [
    ['promised', result.promised],
    ['seen', result.seen],
    ...reasonsOf(result).map((why, index): [string, string] => [index === 0 ? 'why' : '', why]),
    ...membersSeen(result).map((line, index): [string, string] => [index === 0 ? 'members' : '', line]),
    ...timelineLines(result).map((line, index): [string, string] => [index === 0 ? 'timeline' : '', line]),
    ['reused', reusedText(result)],
    ['stale', declared?.stale === true ? declaredText(result) : undefined],
    ['evidence', evidence],
    ['by hand', byHandText(result, evidence)],
  ]
  return [headOf(result, paint), ...rows.flatMap(([label, text]) => row(label, text, columns, paint))].join(
    '\n',
  )
}

const headOf = (result: CellResult, paint: Paint): string =>
  `${paint(styleOf[result.verdict], `${signs[result.verdict]} ${wordOf(result)}`)}  ${paint('bold', oneLine(result.cell))}  ${oneLine(result.subject)}`

/** The commands are many lines: where a folder was kept, its file is named. */
const byHandText = ({ byHand }: CellResult, evidence: string | undefined): string | undefined =>
  byHand.length > 0 && evidence !== undefined ? `${evidence}/by-hand.txt` : undefined

const label = { width: 10, indent: ' '.repeat(12) }

function row(name: string, text: string | undefined, columns: number, paint: Paint): string[] {
  if (text === undefined || text === '') return []
  return [`  ${paint('dim', name.padEnd(label.width))}${wrap(text, columns, label.indent)}`]
}
