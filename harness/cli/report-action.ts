import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import {
  conclude,
  consoleReport,
  loadResults,
  mergeResults,
  writeReports,
  type MergePart,
} from '../../reports/index.ts'
import { inputError } from '../errors.ts'
import { consoleOptions } from './console-options.ts'
import { emptyFolder } from './output-folder.ts'
import { written } from './written.ts'

/** Errors: HarnessError and ReportError with exit 2. @returns the exit status. */
export async function report(files: readonly string[], out: string | undefined): Promise<number> {
  const paths = await Promise.all(files.map(resultsFile))
  const [only] = paths
  if (out === undefined && paths.length > 1)
    throw inputError(
      'out-missing',
      'Several results are merged into a folder of their own: name it with --out.',
    )
  const folder = resolve(out ?? dirname(only ?? '.'))
  const parts = await Promise.all(paths.map((path) => partOf(path, folder)))
  const results = mergeResults(parts)
  if (out !== undefined) await emptyFolder(out)
  await writeReports(results, folder)
  const where = written(folder, process.cwd()).join('\n')
  process.stdout.write(`${consoleReport(results, consoleOptions())}\n${where}\n`)
  return conclude(results).exit
}

/** A run's folder stands for the results in it. */
async function resultsFile(path: string): Promise<string> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true
  return isFolder ? join(path, 'results.json') : path
}

async function partOf(path: string, folder: string): Promise<MergePart> {
  return {
    from: path,
    results: await loadResults(path),
    evidenceBase: relative(folder, dirname(resolve(path))),
  }
}
