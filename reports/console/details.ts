import type { CellResult, Results } from '../schema.ts'
import { oneLine } from '../sanitize.ts'
import { membersSeen } from '../members-seen.ts'
import { declaredText } from '../plain-text.ts'
import { reasonsOf } from '../reasons.ts'
import { timelineLines } from '../timeline.ts'
import { severityOf, signs, standingOf, wordOf } from '../verdicts.ts'
import { wrap } from './lines.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions, Paint } from './paint.ts'

/**
 * Every result that is not a plain pass, the worst first; declared drifts and what does not apply in one line.
 * Declared fails are the list "documented, but not so".
 */
export function details(results: Results, options: ConsoleOptions): string {
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const of = (...standings: ReturnType<typeof standingOf>[]) =>
    results.results.filter((result) => standings.includes(standingOf(result)))
  const open = of('undeclared', 'stale', 'inconclusive').toSorted((a, b) => severityOf(b) - severityOf(a))
  const [idle, played] = [open.filter(didNotRun), open.filter((result) => !didNotRun(result))]
  const declaredDrifts = of('as-declared').filter(({ verdict }) => verdict === 'drift')
  const blocks = [
    idle.length === 0
      ? ''
      : `${paint(styleOf.inconclusive, '∅')} ${String(idle.length)} cells did not run: ${oneLine(idle[0]?.why[0] ?? '')}`,
    ...played.map((result) => inFull(result, columns, paint)),
    grouped(declaredDrifts, (result) => result.declared?.why ?? '', columns, paint),
    idleFor(of('not-applicable'), columns, paint),
  ]
  return blocks.filter((block) => block !== '').join('\n\n')
}

/** The run ended before this cell's turn: nothing was seen of it (`not-run` of the harness). */
const didNotRun = ({ why, probe }: CellResult): boolean =>
  probe === undefined && why[0]?.startsWith('not-run:') === true

/** The first failure of a run while it is still going, in full. */
export function firstFailure(result: CellResult, options: ConsoleOptions): string {
  return inFull(result, options.columns ?? 80, painter(options.color))
}

function inFull(result: CellResult, columns: number, paint: Paint): string {
  const { declared } = result
  const rows: [string, string | undefined][] = [
    ['promised', result.promised],
    ['seen', result.seen],
    ...reasonsOf(result).map((why, index): [string, string] => [index === 0 ? 'why' : '', why]),
    ...membersSeen(result).map((line, index): [string, string] => [index === 0 ? 'members' : '', line]),
    ...timelineLines(result).map((line, index): [string, string] => [index === 0 ? 'timeline' : '', line]),
    ['stale', declared?.stale === true ? declaredText(result) : undefined],
    ['evidence', result.evidence],
    ['by hand', byHandText(result)],
  ]
  return [
    `${verdictText(result, paint)}  ${paint('bold', oneLine(result.cell))}  ${oneLine(result.subject)}`,
    ...rows.flatMap(([label, text]) => row(label, text, columns, paint)),
  ].join('\n')
}

/** The commands are many lines: where a folder was kept, its file is named. */
const byHandText = ({ byHand, evidence }: CellResult): string | undefined =>
  byHand.length > 0 && evidence !== undefined ? `${evidence}/by-hand.txt` : undefined

const verdictText = (result: CellResult, paint: Paint): string =>
  paint(styleOf[result.verdict], `${signs[result.verdict]} ${wordOf(result)}`)

const label = { width: 10, indent: ' '.repeat(12) }

function row(name: string, text: string | undefined, columns: number, paint: Paint): string[] {
  if (text === undefined || text === '') return []
  return [`  ${paint('dim', name.padEnd(label.width))}${wrap(text, columns, label.indent)}`]
}

/** One entry for everything that shares claim, verdict and reason: its cells and the subjects it was seen on. */
function grouped(
  found: readonly CellResult[],
  reason: (result: CellResult) => string,
  columns: number,
  paint: Paint,
): string {
  const groups = Map.groupBy(found, (result) => [result.claim, wordOf(result), reason(result)].join('\n'))
  return [...groups.values()].map((group) => groupText(group, reason, columns, paint)).join('\n')
}

/** What does not apply, by reason: a removed option takes many claims with it. */
function idleFor(found: readonly CellResult[], columns: number, paint: Paint): string {
  const reason = ({ notApplicable = 'no reason given' }: CellResult) => notApplicable
  const onSubjects = [
    ...Map.groupBy(found, ({ claim, notApplicable }) => `${claim}\n${String(notApplicable)}`).values(),
  ]
  const same = Map.groupBy(
    onSubjects,
    (group) => `${subjectsOf(group)}: ${group[0] === undefined ? '' : reason(group[0])}`,
  )
  return [...same]
    .map(([why, groups]) => {
      const [first] = groups.flat()
      const head = first === undefined ? '' : verdictText(first, paint)
      const names = groups.map((group) => nameOf(group)).join(', ')
      const cells = new Set(groups.flat().map(({ cell }) => cell)).size
      const count = cells === 1 ? '1 cell' : `${String(cells)} cells`
      return `${head}  ${count}\n  ${wrap(why, columns, '  ')}\n  ${wrap(names, columns, '  ')}`
    })
    .join('\n')
}

const subjectsOf = (group: readonly CellResult[]): string =>
  [...new Set(group.map(({ subject }) => oneLine(subject)))].join(', ')

function nameOf(group: readonly CellResult[]): string {
  const cells = new Set(group.map(({ cell }) => cell))
  const [{ cell, claim } = { cell: '', claim: '' }] = group
  return oneLine(cells.size === 1 ? cell : `${claim} (${String(cells.size)} cells)`)
}

function groupText(
  group: readonly CellResult[],
  reason: (result: CellResult) => string,
  columns: number,
  paint: Paint,
): string {
  const [first] = group
  if (first === undefined) return ''
  const head = `${verdictText(first, paint)}  ${paint('bold', nameOf(group))}`
  return `${head}\n  ${wrap(`${subjectsOf(group)}: ${reason(first)}`, columns, '  ')}`
}
