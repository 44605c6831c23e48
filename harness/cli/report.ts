import { stat } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { Command } from 'commander'
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
import type { SetExit } from './program.ts'

export const reportCommand = (setExit: SetExit): Command =>
  new Command('report')
    .description('make every report again from stored results')
    .argument('<results...>', "results.json of a run, or the run's folder; several are merged")
    .option(
      '--out <dir>',
      'folder for the reports; it must be new or empty (default: the folder of the results)',
    )
    .addHelpText('after', help)
    .action(async (files: string[], options: { out?: string }) => {
      setExit(await report(files, options.out))
    })

const help = `
Examples:
  etcd-tls report .etcd-tls/20261122-145224-3f9a2c1b-1234-987654-ab12
  etcd-tls report shard-1/results.json shard-2/results.json --out merged

Exit status: that of the run, or of the runs together (0, 1, 3) · 2 usage or input error.`

async function report(files: readonly string[], out: string | undefined): Promise<number> {
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
  const written = await writeReports(results, folder)
  process.stdout.write(`${consoleReport(results, consoleOptions())}\n${written.join('\n')}\n`)
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
