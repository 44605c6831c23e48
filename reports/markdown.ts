import type { Comparison } from './baseline/comparison.ts'
import { conclude } from './conclusion.ts'
import { countText, ofCells, summaryOf } from './console/index.ts'
import { coveragePart } from './coverage-markdown.ts'
import { baselinePart } from './markdown-baseline.ts'
import { code, codeBlock, prose } from './markdown-escape.ts'
import { exercisedPart, linked, notSoPart, stepsPart, table } from './markdown-parts.ts'
import { membersSeen } from './members-seen.ts'
import { declaredText, logLines } from './plain-text.ts'
import { reasonsOf } from './reasons.ts'
import { reusedLines, reusedText } from './reused.ts'
import { finderOf, sectionsOf, slugOf } from './results-view.ts'
import type { SectionView } from './results-view.ts'
import type { CellResult, Results } from './schema.ts'
import { timelineLines } from './timeline.ts'
import { countsOf, severityOf, signs, standingOf, wordOf, words } from './verdicts.ts'
import { verdicts } from './schema.ts'

/** GitHub-flavoured Markdown. What a subject said stands in code spans and blocks only. */
export function markdown(results: Results, comparison?: Comparison): string {
  const { exit, reasons } = conclude(results, comparison)
  const parts = [
    '# What etcd’s security documentation promises, and what is kept',
    `**Exit ${String(exit)}**: ${reasons.map(prose).join(' · ')}`,
    reusedLines(results).map(prose).join('\n\n'),
    baselinePart(results, comparison),
    notSoPart(results),
    stepsPart(results),
    `## Verdicts\n\n${subjectTable(results)}`,
    `${verdicts.map((verdict) => `${signs[verdict]} ${words[verdict]}`).join(' · ')} · \\* a known deviation · ! a stale declaration · ∅ no result\n\n${ofCells}`,
    ...sectionsOf(results).map((section) => sectionPart(section, results)),
    ...notPlain(results),
    exercisedPart(results),
    coveragePart(results),
    runPart(results),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function subjectTable(results: Results): string {
  const bySubject = Map.groupBy(results.results, ({ subject }) => subject)
  return table(
    ['Subject', 'etcd', 'Go', 'Source', 'Results'],
    results.subjects.map((subject) => [
      code(subject.name, 'cell'),
      prose(subject.etcd),
      prose(subject.go),
      prose(subject.source),
      countText(countsOf(bySubject.get(subject.name) ?? [])),
    ]),
  )
}

function sectionPart(section: SectionView, results: Results): string {
  const find = finderOf(results)
  const rows = section.claims.map((claim) => [
    `${code(slugOf(claim), 'cell')}<br>${prose(claim.says)}`,
    ...results.subjects.map(({ name }) => prose(summaryOf(find(claim, name), claim.cells.length))),
  ])
  return `## ${linked(section.heading, section.url)} (${code(section.id)})\n\n${table(['Claim', ...results.subjects.map(({ name }) => code(name, 'cell'))], rows)}`
}

/** Every result that is not a plain pass; what does not apply as a list of reasons. */
function notPlain(results: Results): string[] {
  const open = results.results
    .filter((result) => !['as-promised', 'not-applicable', 'as-declared'].includes(standingOf(result)))
    .toSorted((a, b) => severityOf(b) - severityOf(a))
  const declared = results.results.filter((result) => standingOf(result) === 'as-declared')
  const outside = results.results.filter((result) => standingOf(result) === 'not-applicable')
  return [
    ...(open.length > 0 ? ['## Not as promised', ...open.map(inFull)] : []),
    list('## Known deviations', declared, declaredText),
    list('## Not applicable', outside, ({ notApplicable }) => notApplicable ?? 'no reason given'),
  ]
}

function inFull(result: CellResult): string {
  const { evidence, declared } = result
  const logs = logLines(result)
  const timeline = timelineLines(result)
  return [
    `### ${signs[result.verdict]} ${prose(wordOf(result))} ${code(result.cell)} on ${code(result.subject)}`,
    [
      `- promised: ${prose(result.promised)}`,
      `- seen: ${code(result.seen)}`,
      ...reasonsOf(result).map((why) => `- why: ${code(why)}`),
      ...membersSeen(result).map((line) => `- ${code(line)}`),
      ...(declared?.stale === true ? [`- ${prose(declaredText(result))}`] : []),
      ...(result.reused === undefined ? [] : [`- ${prose(reusedText(result) ?? '')}`]),
      ...(evidence === undefined ? [] : [`- evidence: ${code(evidence)}`]),
    ].join('\n'),
    ...(timeline.length > 0 ? [`Timeline:\n\n${codeBlock(timeline.join('\n'))}`] : []),
    ...(logs.length > 0 ? [`Log lines of etcd:\n\n${codeBlock(logs.join('\n'))}`] : []),
    ...(result.byHand.length > 0 ? [`By hand:\n\n${codeBlock(result.byHand.join('\n'))}`] : []),
  ].join('\n\n')
}

function list(title: string, found: readonly CellResult[], reason: (result: CellResult) => string): string {
  if (found.length === 0) return ''
  const items = found.map(
    (result) =>
      `- ${code(result.cell)} on ${code(result.subject)}: ${prose(wordOf(result))} — ${prose(reason(result))}`,
  )
  return `${title}\n\n${items.join('\n')}`
}

function runPart({ run, tool, phases }: Results): string {
  const seconds = (phases.wall / 1000).toFixed(1)
  const { platform, cpus, node, engine } = run.host
  return [
    '## The run',
    [
      `- ${prose(tool.name)} ${prose(tool.version)}, run ${code(run.id)}, ${prose(run.started)}, ${seconds} s`,
      `- command: ${code(run.command.join(' '))}`,
      `- host: ${prose(`${platform}, ${String(cpus)} cpus, Node ${node}, ${engine}`)}`,
    ].join('\n'),
  ].join('\n\n')
}
