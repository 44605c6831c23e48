import { dirname, relative, resolve } from 'node:path'
import {
  conclude,
  consoleReport,
  loadResults,
  mergeResults,
  ReportError,
  writeReports,
  type LostPart,
  type MergePart,
  type Results,
} from '../../reports/index.ts'
import { inputError } from '../errors.ts'
import { compared, loadBaseline, type BaselineOptions } from './baseline.ts'
import { resultsFile } from './results-file.ts'
import { parseSubjects } from '../subject/parse.ts'
import { consoleOptions } from './console-options.ts'
import { emptyFolder } from './output-folder.ts'
import { forPeople, tellResults, type Telling } from './tell-results.ts'
import { written } from './written.ts'

export interface ReportOptions extends BaselineOptions, Telling {
  readonly out?: string
  /** Builds that must be among the results. */
  readonly etcd?: readonly string[]
}

/** Errors: HarnessError and ReportError with exit 2. @returns the exit status. */
export async function report(
  files: readonly string[],
  { out, etcd = [], json, quiet, ...against }: ReportOptions,
): Promise<number> {
  const builds = parseSubjects(etcd).map(({ asked }) => asked)
  const paths = await Promise.all(files.map(resultsFile))
  if (out === undefined && (files.length > 1 || builds.length > 0))
    throw inputError(
      'out-missing',
      'Several results are merged into a folder of their own: name it with --out.',
    )
  const folder = resolve(out ?? dirname(paths[0] ?? '.'))
  const baseline = await loadBaseline(against, paths)
  const results = out === undefined ? await loadResults(paths[0] ?? '') : await merged(paths, folder, builds)
  const comparison = compared(results, baseline)
  if (out !== undefined) await emptyFolder(out)
  await writeReports(results, folder, comparison && { comparison })
  const where = written(folder, process.cwd()).join('\n')
  const telling = { ...(json && { json }), ...(quiet && { quiet }) }
  const { exit } = conclude(results, comparison)
  const text = consoleReport(results, consoleOptions(forPeople(telling), folder), comparison)
  await tellResults(`${text}\n${where}\n`, results, exit, telling)
  return exit
}

async function merged(paths: readonly string[], folder: string, builds: readonly string[]): Promise<Results> {
  const loaded = await Promise.all(paths.map((path) => partOf(path, folder)))
  const parts = loaded.filter((one) => 'results' in one)
  const lost = loaded.filter((one) => 'why' in one)
  // Whoever merges shards wants to know what the others found out; else a file that is not there is a slip.
  if (lost[0] !== undefined && !parts.some(({ results }) => results.shard !== undefined)) throw lost[0].cause
  return mergeResults(parts, { lost, builds })
}

interface Lost extends LostPart {
  readonly cause: ReportError
}

async function partOf(path: string, folder: string): Promise<MergePart | Lost> {
  try {
    const results = await loadResults(path)
    return { from: path, results, evidenceBase: relative(folder, dirname(resolve(path))) }
  } catch (cause) {
    const why = cause instanceof ReportError ? leftBy(cause) : undefined
    if (why === undefined) throw cause
    return { from: path, why, cause: cause as ReportError }
  }
}

/** What a run that was killed leaves; undefined where it is something else. */
function leftBy({ code, cause }: ReportError): string | undefined {
  if (code === 'results-not-json') return 'it is cut off'
  const isGone = code === 'results-unreadable' && (cause as NodeJS.ErrnoException).code === 'ENOENT'
  return isGone ? 'it is not there' : undefined
}
