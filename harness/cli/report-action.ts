import { dirname, relative, resolve } from 'node:path'
import {
  conclude,
  consoleReport,
  loadResults,
  mergeResults,
  writeReports,
  type MergePart,
} from '../../reports/index.ts'
import { inputError } from '../errors.ts'
import { compared, loadBaseline, resultsFile, type BaselineOptions } from './baseline.ts'
import { consoleOptions } from './console-options.ts'
import { emptyFolder } from './output-folder.ts'
import { written } from './written.ts'

export interface ReportOptions extends BaselineOptions {
  readonly out?: string
}

/** Errors: HarnessError and ReportError with exit 2. @returns the exit status. */
export async function report(files: readonly string[], { out, ...against }: ReportOptions): Promise<number> {
  const paths = await Promise.all(files.map(resultsFile))
  const [only] = paths
  if (out === undefined && paths.length > 1)
    throw inputError(
      'out-missing',
      'Several results are merged into a folder of their own: name it with --out.',
    )
  const folder = resolve(out ?? dirname(only ?? '.'))
  const parts = await Promise.all(paths.map((path) => partOf(path, folder)))
  const baseline = await loadBaseline(against, paths)
  const results = mergeResults(parts)
  const comparison = compared(results, baseline)
  if (out !== undefined) await emptyFolder(out)
  await writeReports(results, folder, comparison && { comparison })
  const where = written(folder, process.cwd()).join('\n')
  process.stdout.write(`${consoleReport(results, consoleOptions(), comparison)}\n${where}\n`)
  return conclude(results, comparison).exit
}

async function partOf(path: string, folder: string): Promise<MergePart> {
  return {
    from: path,
    results: await loadResults(path),
    evidenceBase: relative(folder, dirname(resolve(path))),
  }
}
