import { painter, type ConsoleOptions, type Paint } from '../console/paint.ts'
import { oneLine } from '../sanitize.ts'
import { sideBySide, wrapped } from './columns.ts'
import type { Bisection, BisectStep, Corner } from './schema.ts'

const labelWidth = 10
/** Narrower columns than this would be words under words; then the sides stand under each other. */
const leastWidth = 32

/** What the user reads at the end of a bisection: each step with the evidence of both sides, and what it comes to. */
export function bisectText(report: Bisection, options: ConsoleOptions): string {
  const paint = painter(options.color)
  const columns = options.columns ?? 100
  const parts = [
    [paint('bold', oneLine(report.id)), ...wrapped(report.says, columns - 2).map((line) => `  ${line}`)].join(
      '\n',
    ),
    ...report.steps.map((step) => stepText(step, columns, paint)),
    report.all || report.steps.length === 0 ? historyText(report) : '',
    unchangedText(report),
    report.conclusion.flatMap((line) => wrapped(line, columns)).join('\n'),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function stepText(step: BisectStep, columns: number, paint: Paint): string {
  const { before, after } = step
  const title = `${before.asked} ${before.state} → ${after.asked} ${after.state}`
  const cells = step.cells.flatMap((cell) => wrapped(cell, columns - 2)).map((line) => `  ${line}`)
  const [first = ''] = step.cells
  return [
    paint('bold', oneLine(title)),
    ...cells,
    '',
    ...(step.cells.length > 1 ? [`  what ${oneLine(first)} showed:`] : []),
    ...sides(step, columns, paint),
    ...open(step).flatMap((line) => hang(line, columns)),
    ...blameLines(step, columns, paint),
  ].join('\n')
}

/** Two columns, or where there is no room for them one side under the other. */
function sides({ before, after, shown }: BisectStep, columns: number, paint: Paint): string[] {
  const width = Math.floor((columns - labelWidth - 4) / 2)
  const rows = [{ what: '', before: [before.subject], after: [after.subject] }, ...shown]
  if (width < leastWidth)
    return [
      ...(['before', 'after'] as const).flatMap((side) =>
        rows.flatMap((row) =>
          labelled(
            row.what,
            row[side].flatMap((line) => wrapped(line, columns - labelWidth - 2)),
            paint,
          ),
        ),
      ),
    ]
  return rows.flatMap((row) => labelled(row.what, sideBySide(row.before, row.after, width), paint))
}

const labelled = (what: string, lines: readonly string[], paint: Paint): string[] =>
  lines.map((line, n) => `  ${paint('dim', (n === 0 ? what : '').padEnd(labelWidth))}${line}`.trimEnd())

/** What lies between the sides, and what else is to be known of the step. */
function open({ between, unknown, notes }: BisectStep): string[] {
  return [
    ...between.map(
      ({ asked, kind, why }) =>
        `Between the two: ${asked}, ${kind}${why.startsWith(kind) ? '' : ` (${why})`}.`,
    ),
    ...(unknown.length === 0
      ? []
      : [`Between the two and not in the table of releases: ${unknown.join(', ')}.`]),
    ...notes,
  ]
}

function blameLines({ blame }: BisectStep, columns: number, paint: Paint): string[] {
  if (blame === undefined) return []
  return [
    ...blame.corners.flatMap((corner) => hang(cornerText(corner), columns)),
    ...hang(paint('bold', blame.says), columns),
  ]
}

const cornerText = ({ etcd, go, state, untold }: Corner): string =>
  `etcd ${etcd} with Go ${go}: ${state ?? untold ?? ''}`

const hang = (text: string, columns: number): string[] =>
  wrapped(text, columns - 2).map((line) => `  ${line}`)

/** Every build of the history with what it came to, a line each. */
function historyText({ history }: Bisection): string {
  const width = Math.max(...history.map(({ asked }) => asked.length))
  return history
    .map(({ asked, states, untold }) => {
      const each = [...Map.groupBy(Object.entries(states), ([, state]) => state)]
      const told =
        each.length === 1
          ? (each[0]?.[0] ?? '')
          : each.map(([state, { length }]) => `${state} ${String(length)}`).join(', ')
      return `  ${oneLine(asked).padEnd(width)}  ${told === '' ? oneLine(untold ?? 'not played') : told}`
    })
    .join('\n')
}

function unchangedText({ unchanged, steps }: Bisection): string {
  const changed = new Set(steps.flatMap(({ cells }) => cells))
  const others = unchanged.filter(({ cell }) => !changed.has(cell))
  if (steps.length === 0 || others.length === 0) return ''
  const rest = others.map(({ cell, state }) => `  ${oneLine(cell)}: ${state}`)
  return ['The same at both ends:', ...rest].join('\n')
}
