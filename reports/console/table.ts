import { finderOf, sectionsOf } from '../results-view.ts'
import { oneLine } from '../sanitize.ts'
import { verdicts, type CellResult, type Results, type SubjectRecord } from '../schema.ts'
import { severityOf, signOf, signs, words } from '../verdicts.ts'
import { wrap, wrapId } from './lines.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions, Paint } from './paint.ts'
import { claimGroups, sectionGroups, type Group, type Row } from './table-rows.ts'

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

/** More claims than this are told by section; claim by claim they are in the report. */
const fewClaims = 20

/** The final table, claims or sections × subjects; as many subjects side by side as the columns allow. */
export function table(results: Results, options: ConsoleOptions): string {
  const few = results.claims.length <= fewClaims
  const sections = sectionsOf(results)
  return tableOf(few ? claimGroups(sections) : sectionGroups(sections), results, options)
}

/** The same of rows that were chosen. */
export function tableOf(groups: readonly Group[], results: Results, options: ConsoleOptions): string {
  const paint = painter(options.color)
  const columns = options.columns ?? 80
  const find = finderOf(results)
  const of = ({ claims }: Row, subject: string): Told => {
    const found = claims.flatMap((claim) => find(claim, subject))
    const worst = found.toSorted((a, b) => severityOf(b) - severityOf(a))[0]
    const cells = claims.reduce((sum, claim) => sum + claim.cells.length, 0)
    return { text: summaryOf(found, cells), worst }
  }
  const body = blocksOf(results.subjects, groups, of, columns).map((shown) =>
    block(groups, { shown, of, columns, paint }),
  )
  return [...body, legend(paint, columns)].join('\n\n')
}

interface Told {
  readonly text: string
  readonly worst: CellResult | undefined
}
type Of = (row: Row, subject: string) => Told

const idWidth = { least: 26, most: 46 }
const gap = 2

const headOf = ({ name }: SubjectRecord): string[] => oneLine(name).split(/[@+]/)

interface Column {
  readonly subject: SubjectRecord
  readonly width: number
}

function blocksOf(
  subjects: readonly SubjectRecord[],
  groups: readonly Group[],
  of: Of,
  columns: number,
): Column[][] {
  const rows = groups.flatMap((group) => group.rows)
  const blocks: Column[][] = [[]]
  for (const subject of subjects) {
    const texts = [...headOf(subject), ...rows.map((row) => of(row, subject.name).text)]
    const column = { subject, width: Math.max(...texts.map(({ length }) => length)) }
    const last = blocks.at(-1) ?? []
    const used = last.reduce((sum, { width }) => sum + width + gap, idWidth.least)
    if (last.length > 0 && used + gap + column.width > columns) blocks.push([column])
    else last.push(column)
  }
  return blocks
}

interface Block {
  readonly shown: readonly Column[]
  readonly of: Of
  readonly columns: number
  readonly paint: Paint
}

function block(groups: readonly Group[], about: Block): string {
  const { shown, columns, paint } = about
  const taken = shown.reduce((sum, { width }) => sum + width + gap, 0)
  const left = Math.min(Math.max(columns - taken, idWidth.least), idWidth.most)
  const heads = shown.map(({ subject }) => headOf(subject))
  const header = Array.from({ length: Math.max(...heads.map(({ length }) => length)) }, (_, row) =>
    line(
      '',
      left,
      shown.map(({ width }, index) => (heads[index]?.[row] ?? '').padEnd(width)),
    ),
  )
  const body = groups.flatMap(({ title, rows }) => [
    '',
    ...(title === undefined ? [] : [paint('bold', wrap(title, columns, '  '))]),
    ...rows.flatMap((row) => rowLines(row, about, left, title === undefined ? '' : '  ')),
  ])
  return [...header.map((text) => paint('bold', text)), ...body].join('\n')
}

function rowLines(row: Row, { shown, of, paint }: Block, left: number, indent: string): string[] {
  const [first = '', ...rest] = wrapId(oneLine(row.label), left - indent.length)
  const cells = shown.map(({ subject, width }) => {
    const { text, worst } = of(row, subject.name)
    return (
      (worst === undefined ? text : paint(styleOf[worst.verdict], text)) + ' '.repeat(width - text.length)
    )
  })
  return [line(`${indent}${first}`, left, cells), ...rest.map((part) => `${indent}  ${part}`)]
}

const line = (id: string, left: number, cells: readonly string[]): string =>
  [id.padEnd(left), ...cells].join(' '.repeat(gap)).trimEnd()

/** What the numbers say. */
export const ofCells =
  'Counts are of cells, of which a claim may have several: ✔ 6 is all six, ✘ 2 of 6 is two of six (the worst are named), the rest is better or not applicable.'

const legend = (paint: Paint, columns: number): string =>
  [
    verdicts.map((verdict) => `${paint(styleOf[verdict], signs[verdict])} ${words[verdict]}`).join('   '),
    paint('dim', '* a known deviation, as declared   ! a stale declaration   ∅ no result'),
    paint('dim', wrap(ofCells, columns)),
  ].join('\n')
