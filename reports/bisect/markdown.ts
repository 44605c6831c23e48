import { code, prose } from '../markdown-escape.ts'
import { table } from '../markdown-parts.ts'
import type { Bisection, BisectStep } from './schema.ts'

/** The same as GitHub-flavoured Markdown. What a subject said stands in code spans only. */
export function bisectMarkdown(report: Bisection): string {
  const { id, says, steps, conclusion, history, ends, unchanged } = report
  const parts = [
    `# ${code(id)}`,
    prose(says),
    `From ${code(ends.from.subject)} to ${code(ends.to.subject)}: ${conclusion.map(prose).join(' ')}`,
    ...steps.map(stepPart),
    `## History\n\n${table(
      ['Build', 'Subject', 'Came to'],
      history.map(({ asked, subject, states, untold }) => [
        code(asked, 'cell'),
        subject === undefined ? '' : code(subject, 'cell'),
        prose([...new Set(Object.values(states))].join(', ') || (untold ?? 'not played')),
      ]),
    )}`,
    unchanged.length === 0
      ? ''
      : `## The same at both ends\n\n${unchanged.map(({ cell, state }) => `- ${code(cell)}: ${prose(state)}`).join('\n')}`,
    'Whole results of every build that was played: results.json and report.html beside this file.',
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function stepPart({ cells, before, after, shown, between, unknown, notes, blame }: BisectStep): string {
  const lines = (texts: readonly string[]): string => texts.map((text) => code(text, 'cell')).join('<br>')
  const rows = shown.map((row) => [row.what, lines(row.before), lines(row.after)])
  const facts = [
    ...between.map(({ asked, kind, why }) => `- between the two: ${code(asked)}, ${kind}: ${prose(why)}`),
    ...(unknown.length === 0 ? [] : [`- not in the table of releases: ${prose(unknown.join(', '))}`]),
    ...notes.map((note) => `- ${prose(note)}`),
    ...(blame?.corners ?? []).map(
      ({ etcd, go, state, untold }) =>
        `- etcd ${prose(etcd)} with Go ${prose(go)}: ${prose(state ?? untold ?? '')}`,
    ),
    ...(blame === undefined ? [] : [`- **${prose(blame.says)}**`]),
  ]
  return [
    `## ${prose(`${before.asked} ${before.state} → ${after.asked} ${after.state}`)}`,
    cells.map((cell) => `- ${code(cell)}`).join('\n'),
    table(['', code(before.subject, 'cell'), code(after.subject, 'cell')], rows),
    facts.join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}
