import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  compare,
  loadResults,
  ReportError,
  type Comparison,
  type Results,
  type SubjectRecord,
} from '../../reports/index.ts'
import { inputError } from '../errors.ts'
import { onlyIds } from '../run/catalogue/only.ts'
import { resultsFile } from './results-file.ts'

/** What `run` and `report` are told of a baseline. */
export interface BaselineOptions {
  readonly baseline?: string
  readonly strict?: true
}

/** An earlier run to compare with, read and found usable. */
export interface LoadedBaseline {
  readonly from: string
  readonly results: Results
  readonly strict: boolean
}

/**
 * Reads the baseline, before anything is started.
 * @param besides files of results that it must not be.
 * Errors (exit 2): HarnessError `strict-alone`, `baseline-same`; ReportError naming the file and what is wrong in it.
 */
export async function loadBaseline(
  { baseline, strict }: BaselineOptions,
  besides: readonly string[] = [],
): Promise<LoadedBaseline | undefined> {
  if (baseline === undefined) {
    if (strict === true)
      throw inputError('strict-alone', '--strict says how to compare: name what with by --baseline FILE.')
    return undefined
  }
  const file = await resultsFile(baseline)
  const path = await real(file)
  for (const other of besides)
    if ((await real(other)) === path)
      throw inputError(
        'baseline-same',
        `--baseline ${baseline} is the results themselves; name the results of an earlier run.`,
      )
  const results = await loadResults(file).catch((cause: unknown) => {
    if (!(cause instanceof ReportError)) throw cause
    throw new ReportError(cause.code, `--baseline: ${cause.message}`, cause)
  })
  return { from: file, results, strict: strict === true }
}

const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path))

/**
 * The run beside its baseline; undefined without one. Cells that the run was not asked for are not gone.
 * Errors: ReportError (exit 2) `baseline-broken`, `baseline-ambiguous`.
 */
export function compared(results: Results, baseline: LoadedBaseline | undefined): Comparison | undefined {
  if (baseline === undefined) return undefined
  const { from, strict } = baseline
  return compare(results, { results: baseline.results, from }, { strict, asked: askedOf(results) })
}

/** As soon as the builds are known. Errors: ReportError `baseline-broken`, `baseline-ambiguous`. */
export function checkPairs(subjects: readonly SubjectRecord[], baseline: LoadedBaseline | undefined): void {
  if (baseline === undefined) return
  const none = { ...baseline.results, subjects: [...subjects], claims: [], results: [] }
  compare(none, baseline)
}

/** What a run was asked for: all cells, those that its globs match, or of scenario files and shards what it has. */
function askedOf({
  run: { only = [], files = [] },
  shard,
}: Shardable): (cell: string, claim: string) => boolean {
  if (files.length > 0 || shard !== undefined) return () => false
  const wanted = onlyIds(only)
  return (cellId, claimId) => wanted({ cellId, claimId })
}

type Shardable = Results & { readonly shard?: unknown }
