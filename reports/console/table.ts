import { finderOf, sectionsOf, slugOf } from '../results-view.ts'
import type { Finder, SectionView } from '../results-view.ts'
import { oneLine } from '../sanitize.ts'
import type { CellResult, ClaimRecord, Results, SubjectRecord } from '../schema.ts'
import { severityOf, signOf, signs, words } from '../verdicts.ts'
import { verdicts } from '../schema.ts'
import { wrap, wrapId } from './lines.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions, Paint } from './paint.ts'

/** Cells of a claim on a subject in one short text: `✔`, `✔ 6`, `✘* 2 ? 1 of 6`. Worst first. */
export function summaryOf(found: readonly CellResult[], cells: number): string {
  const worstFirst = found.toSorted((a, b) => severityOf(b) - severityOf(a))
  const groups = [...Map.groupBy(worstFirst, signOf)]
  const missing = cells - found.length
  if (missing > 0) groups.push(['∅', Array.from({ length: missing })])
  const [only] = groups
  if (only === undefined) return ''
  if (groups.length === 1) return cells === 1 ? only[0] : `${only[0]} ${String(cells)}`
  const told = groups.filter(([sign]) => sign !== signs.pass && sign !== signs['not-applicable'])
  const shown = told.length > 0 ? told.slice(0, 2) : groups.slice(0, 1)
  return `${shown.map(([sign, group]) => `${sign} ${String(group.length)}`).join(' ')} of ${String(cells)}`
}

/** The final table, claims × subjects; as many subjects side by side as the columns allow. */
export function table(results: Results, options: ConsoleOptions): string {
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const find = finderOf(results)
  const blocks = blocksOf(results.subjects, results, find, columns)
  const body = blocks.map((subjects) => block(results, subjects, find, columns, paint))
  return [...body, legend(paint, columns)].join('\n\n')
}

const idWidth = { least: 26, most: 46 }
const gap = 2

const headOf = ({ name }: SubjectRecord): string[] => oneLine(name).split(/[@+]/)

function widthOf(subject: SubjectRecord, results: Results, find: Finder): number {
  const cells = results.claims.map((claim) => summaryOf(find(claim, subject.name), claim.cells.length).length)
  return Math.max(...headOf(subject).map((part) => part.length), ...cells)
}

interface Column {
  readonly subject: SubjectRecord
  readonly width: number
}

function blocksOf(
  subjects: readonly SubjectRecord[],
  results: Results,
  find: Finder,
  columns: number,
): Column[][] {
  const blocks: Column[][] = [[]]
  for (const subject of subjects) {
    const column = { subject, width: widthOf(subject, results, find) }
    const last = blocks.at(-1) ?? []
    const used = last.reduce((sum, { width }) => sum + width + gap, idWidth.least)
    if (last.length > 0 && used + gap + column.width > columns) blocks.push([column])
    else last.push(column)
  }
  return blocks
}

function block(
  results: Results,
  shown: readonly Column[],
  find: Finder,
  columns: number,
  paint: Paint,
): string {
  const taken = shown.reduce((sum, { width }) => sum + width + gap, 0)
  const left = Math.min(Math.max(columns - taken, idWidth.least), idWidth.most)
  const heads = shown.map(({ subject }) => headOf(subject))
  const height = Math.max(...heads.map((head) => head.length))
  const header = Array.from({ length: height }, (_, row) =>
    line(
      '',
      left,
      shown.map(({ width }, index) => (heads[index]?.[row] ?? '').padEnd(width)),
    ),
  )
  const sections = sectionsOf(results).map((section) =>
    sectionLines(section, shown, find, left, columns, paint),
  )
  return [...header.map((text) => paint('bold', text)), ...sections.flat()].join('\n')
}

function sectionLines(
  section: SectionView,
  shown: readonly Column[],
  find: Finder,
  left: number,
  columns: number,
  paint: Paint,
): string[] {
  const title = paint('bold', wrap(`${section.id}  ${section.heading}`, columns, '  '))
  return ['', title, ...section.claims.flatMap((claim) => claimLines(claim, shown, find, left, paint))]
}

function claimLines(
  claim: ClaimRecord,
  shown: readonly Column[],
  find: Finder,
  left: number,
  paint: Paint,
): string[] {
  const [first = '', ...rest] = wrapId(oneLine(slugOf(claim)), left - 2)
  const cells = shown.map(({ subject, width }) => {
    const found = find(claim, subject.name)
    const worst = found.toSorted((a, b) => severityOf(b) - severityOf(a))[0]
    const text = summaryOf(found, claim.cells.length)
    return (
      (worst === undefined ? text : paint(styleOf[worst.verdict], text)) + ' '.repeat(width - text.length)
    )
  })
  return [line(`  ${first}`, left, cells), ...rest.map((part) => `    ${part}`)]
}

const line = (id: string, left: number, cells: readonly string[]): string =>
  [id.padEnd(left), ...cells].join(' '.repeat(gap)).trimEnd()

/** What the numbers of a claim say. */
export const ofCells =
  'A claim may have several cells: ✔ 6 is all six, ✘ 2 of 6 is two of six (the worst are named), the rest is better or not applicable.'

const legend = (paint: Paint, columns: number): string =>
  [
    verdicts.map((verdict) => `${paint(styleOf[verdict], signs[verdict])} ${words[verdict]}`).join('   '),
    paint('dim', '* a known deviation, as declared   ! a stale declaration   ∅ no result'),
    paint('dim', wrap(ofCells, columns)),
  ].join('\n')
