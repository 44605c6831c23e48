import { changeFinder } from './baseline/comparison.ts'
import type { Comparison } from './baseline/comparison.ts'
import { conclude } from './conclusion.ts'
import { countText } from './console/totals.ts'
import { changeLists, changeNotes, changeTable, type ListPart } from './markdown-baseline.ts'
import { code, prose } from './markdown-escape.ts'
import { table } from './markdown-parts.ts'
import { reusedLines } from './reused.ts'
import type { CellResult, Results } from './schema.ts'
import { countsOf, severityOf, signs, standingOf, wordOf } from './verdicts.ts'

/**
 * Bytes. A comment of GitHub's takes 65,536 characters, the summary of a job's step 1 MiB; some room is left for what
 * others write around it.
 */
const mostBytes = 60_000

/** Characters of what was seen. */
const longestSeen = 240

/**
 * Markdown for a comment on a pull request and for the summary of a job: what a reader must know, within GitHub's
 * limits; what is left out is counted. What a subject said stands in code spans only, where nobody is called by name.
 */
export function summary(results: Results, comparison?: Comparison, bytes = mostBytes): string {
  const head = [headline(results, comparison), ...overview(results, comparison)].join('\n\n')
  const end = runLine(results)
  const lists = [
    ...(comparison === undefined ? [] : changeLists(results, comparison)),
    ...openLists(results, comparison),
  ]
  return `${[head, ...fitted(lists, bytes - size(head) - size(end) - reserve), end].join('\n\n')}\n`
}

/** Bytes for the sentence on what was left out. */
const reserve = 400

function headline(results: Results, comparison: Comparison | undefined): string {
  const { exit, reasons } = conclude(results, comparison)
  const sign = exit === 0 ? signs.pass : exit === 1 ? signs.fail : signs.inconclusive
  const builds = results.subjects.slice(0, mostBuilds).map(({ name }) => code(name))
  const more = results.subjects.length - builds.length
  const named = [...builds, ...(more > 0 ? [`${String(more)} more`] : [])].join(', ')
  return `## ${sign} etcd-tls on ${named}\n\n**Exit ${String(exit)}**: ${reasons.map(prose).join(' · ')}`
}

/** Builds that the heading names; all of them are in the table. */
const mostBuilds = 4

function overview(results: Results, comparison: Comparison | undefined): string[] {
  const bySubject = Map.groupBy(results.results, ({ subject }) => subject)
  const verdicts = table(
    ['Build', 'Results'],
    results.subjects.map(({ name }) => [code(name, 'cell'), countText(countsOf(bySubject.get(name) ?? []))]),
  )
  const reused = reusedLines(results).map((line) => `- ${prose(line)}`)
  const since =
    comparison === undefined
      ? []
      : [`Since the baseline, run ${code(comparison.run)}:`, changeTable(comparison), changeNotes(comparison)]
  return [verdicts, reused.join('\n'), ...since].filter((part) => part !== '')
}

/** Without a baseline what keeps the run from exit 0; with one what has no verdict, for the rest is told as a change. */
function openLists(results: Results, comparison: Comparison | undefined): ListPart[] {
  const all = results.results.toSorted((a, b) => severityOf(b) - severityOf(a))
  const bare = all.filter((one) => ['undeclared', 'stale'].includes(standingOf(one)))
  const unsure = all.filter((one) => standingOf(one) === 'inconclusive')
  return [
    ...(comparison === undefined ? [listed('Not as promised', bare)] : []),
    listed('Inconclusive', unsure),
    ...(comparison === undefined
      ? []
      : [listed('Not as promised, as in the baseline', asBefore(bare, comparison))]),
  ].filter(({ items }) => items.length > 0)
}

const asBefore = (found: readonly CellResult[], comparison: Comparison): CellResult[] => {
  const change = changeFinder(comparison)
  return found.filter((one) => change(one)?.change === 'unchanged')
}

const listed = (title: string, found: readonly CellResult[]): ListPart => ({
  title: `${title} (${String(found.length)})`,
  items: found.map((one) => {
    const text = one.verdict === 'inconclusive' ? (one.why[0] ?? one.seen) : one.seen
    const shown = text.length > longestSeen ? `${text.slice(0, longestSeen)}…` : text
    return `- ${prose(wordOf(one))} ${code(one.cell)} on ${code(one.subject)}: ${code(shown)}`
  }),
})

/** As many items as there is room for, in their order; how many are left out is said. */
function fitted(lists: readonly ListPart[], room: number): string[] {
  const parts: string[] = []
  let [left, cut] = [room, 0]
  for (const { title, items } of lists) {
    const heading = `### ${title}\n\n`
    const taken: string[] = []
    let rest = left - size(heading) - 2
    for (const item of cut > 0 ? [] : items) {
      if (size(item) + 1 > rest) break
      rest -= size(item) + 1
      taken.push(item)
    }
    cut += items.length - taken.length
    if (taken.length === 0) continue
    left = rest
    parts.push(heading + taken.join('\n'))
  }
  if (cut > 0) parts.push(`**${String(cut)} more are left out here for length; report.md has all of them.**`)
  return parts
}

const runLine = ({ run, tool, phases }: Results): string =>
  `${prose(tool.name)} ${prose(tool.version)}, run ${code(run.id)}, ${(phases.wall / 1000).toFixed(1)} s`

const size = (text: string): number => Buffer.byteLength(text)
