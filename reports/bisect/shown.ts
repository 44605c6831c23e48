import { declaredText } from '../plain-text.ts'
import { reasonsOf } from '../reasons.ts'
import type { CellResult } from '../schema.ts'
import { timelineLines } from '../timeline.ts'
import { wordOf } from '../verdicts.ts'
import { observed } from './observed.ts'
import type { Shown } from './schema.ts'

/** Lines of a log that are shown; the whole is in the evidence. */
const logLines = 4

type Row = readonly [what: string, lines: (result: CellResult) => readonly string[]]

const rows: readonly Row[] = [
  ['verdict', (result) => [wordOf(result)]],
  ['seen', ({ seen, notApplicable }) => some(seen === '' ? notApplicable : seen)],
  ['side', sideText],
  ['why', reasonsOf],
  ['declared', (result) => some(declaredText(result))],
  ['probe', ({ probe }) => (probe === undefined ? [] : observed(probe))],
  ['control', ({ control }) => (control === undefined ? [] : observed(control))],
  ['without', ({ without }) => (without === undefined ? [] : observed(without))],
  ['timeline', timelineLines],
  ['log', loggedBy],
  ['printed', printed],
  ['evidence', ({ evidence }) => some(evidence)],
]

const some = (text: string | undefined): string[] => (text === undefined || text === '' ? [] : [text])

/** On which side of the page's own step the build stands, and what that side must show. */
function sideText({ side }: CellResult): string[] {
  return side === undefined ? [] : [`${side.is} ${side.step}`, ...some(side.how)]
}

/** What the log said of this connection; where it said nothing of it, its last lines. */
function loggedBy({ probe, log = [] }: CellResult): string[] {
  const own = probe?.log ?? []
  return (own.length > 0 ? own : log.slice(-logLines)).map(({ raw }) => raw).slice(0, logLines)
}

/** What the page prints, and what the build showed in its place. */
function printed({ checks }: CellResult): string[] {
  return checks
    .filter(({ question }) => question === 'printed')
    .map(({ expected, seen, met }) => (met ? expected : `${expected}; seen: ${seen}`))
}

/** What is longer and equal on both sides is shown once. */
const same = 'the same'
const once = ({ what, before, after }: Shown): Shown =>
  before.length > 1 && before.join('\n') === after.join('\n')
    ? { what, before, after: [same] }
    : { what, before, after }

/** The evidence of both sides, what there is of it, row by row. */
export const shownBy = (before: CellResult, after: CellResult): Shown[] =>
  rows
    .map(([what, lines]) => once({ what, before: [...lines(before)], after: [...lines(after)] }))
    .filter((row) => row.before.length + row.after.length > 0)
