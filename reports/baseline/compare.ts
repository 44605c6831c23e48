import { isDeepStrictEqual } from 'node:util'
import { ReportError } from '../failure.ts'
import { keyOf } from '../results-view.ts'
import type { CellResult, ClaimRecord, Results } from '../schema.ts'
import { contradicts, gapsOf, wordOf } from '../verdicts.ts'
import { classify } from './classify.ts'
import { changes, noChanges } from './comparison.ts'
import type { CellChange, ColumnComparison, Comparison } from './comparison.ts'
import { pairNotes, pairsOf, type Pair } from './pairs.ts'

/** An earlier run. */
export interface Baseline {
  readonly results: Results
  /** How to name it: the file. */
  readonly from: string
}

/** Whether this run was asked for a cell that it does not have; of a narrowed run it was not. */
export type Asked = (cell: string, claim: string) => boolean

export interface CompareOptions {
  /** Default: every cell. */
  readonly asked?: Asked
  readonly strict?: boolean
}

/**
 * Every cell of every column as regressed, newly drifting, gone, mended, new or unchanged. Pure.
 * Errors: ReportError (exit 2) `baseline-broken`, `baseline-ambiguous`.
 */
export function compare(
  results: Results,
  baseline: Baseline,
  { asked = () => true, strict = false }: CompareOptions = {},
): Comparison {
  demandSound(baseline)
  const { pairs, left } = pairsOf(results.subjects, baseline.results.subjects, baseline.from)
  const columns = pairs.map((pair) => columnOf(pair, results, baseline.results, asked))
  const counts = noChanges()
  for (const column of columns) for (const change of changes) counts[change] += column.counts[change]
  return {
    strict,
    from: baseline.from,
    run: baseline.results.run.id,
    finished: baseline.results.run.finished,
    notes: [
      ...runNotes(results, baseline.results),
      ...left.map(({ name }) => `${name} is in the baseline only`),
    ],
    columns,
    counts,
    worse: columns.reduce((sum, { worse }) => sum + worse, 0),
  }
}

/** A baseline that contradicts itself excuses nothing. */
function demandSound({ results, from }: Baseline): void {
  const odd =
    results.results.find(contradicts)?.cell ?? gapsOf(results).find(({ what }) => what !== 'missing')?.cell
  if (odd === undefined && results.results.length > 0) return
  throw new ReportError(
    'baseline-broken',
    odd === undefined
      ? `--baseline ${from} holds no result; take the results of a run that came to an end.`
      : `--baseline ${from} contradicts itself at ${odd}; take the results as a run wrote them.`,
  )
}

function runNotes({ tool }: Results, before: Results): string[] {
  const { interrupted } = before.run
  return [
    ...(isDeepStrictEqual(tool, before.tool)
      ? []
      : [
          `the baseline was written by ${before.tool.name} ${before.tool.version}, this run by ${tool.version}`,
        ]),
    ...(interrupted === undefined ? [] : [`the run of the baseline was interrupted: ${interrupted}`]),
  ]
}

interface Placed {
  readonly cell: string
  readonly claim: ClaimRecord
}
const placed = ({ claims }: Results): Map<string, Placed> =>
  new Map(claims.flatMap((claim) => claim.cells.map(({ id }) => [id, { cell: id, claim }])))

function columnOf(pair: Pair, results: Results, before: Results, asked: Asked): ColumnComparison {
  const subject = pair.subject.name
  const [here, there] = [placed(results), placed(before)]
  const [now, then] = [finder(results, subject), finder(before, pair.baseline?.name)]
  const lost = [...there.values()].filter(({ cell }) => !here.has(cell) && then(cell) !== undefined)
  const gone = lost.filter(({ cell, claim }) => asked(cell, claim.id))
  const cells = [...here.values(), ...gone].map(({ cell, claim }): CellChange => {
    const [old, found] = [then(cell), now(cell)]
    const changed =
      here.has(cell) && old !== undefined ? redefined(cell, claim, there.get(cell)?.claim) : undefined
    return {
      ...{ cell, claim: claim.id, subject, ...classify(old, found) },
      ...(old !== undefined && { before: wordOf(old) }),
      ...(found !== undefined && { now: wordOf(found) }),
      ...(changed !== undefined && { redefined: changed }),
    }
  })
  const counts = noChanges()
  for (const { change } of cells) counts[change] += 1
  return {
    subject,
    ...(pair.baseline !== undefined && { baseline: pair.baseline.name }),
    notes: pairNotes(pair),
    cells,
    counts,
    worse: cells.filter(({ worse }) => worse).length,
    notAsked: lost.length - gone.length,
  }
}

/** The results of one subject by cell; of no subject, none. */
function finder({ results }: Results, subject: string | undefined): (cell: string) => CellResult | undefined {
  if (subject === undefined) return () => undefined
  const all = new Map(results.map((one) => [keyOf(one.subject, one.cell), one]))
  return (cell) => all.get(keyOf(subject, cell))
}

/** Its words, or what it does; the digest of that is missing in results of an older edition. */
function redefined(cell: string, now: ClaimRecord, before: ClaimRecord | undefined): CellChange['redefined'] {
  if (before === undefined) return undefined
  const words = ({ says, since, except = [], until }: ClaimRecord) => [says, since, except, until]
  if (!isDeepStrictEqual(words(now), words(before))) return 'text'
  const definition = ({ cells }: ClaimRecord) => cells.find(({ id }) => id === cell)?.definition
  const [one, other] = [definition(now), definition(before)]
  return one !== undefined && other !== undefined && one !== other ? 'definition' : undefined
}
