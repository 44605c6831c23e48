import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { execa } from 'execa'
import { loadResults, writeReports } from '../../reports/index.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { figuresOf, median, rows, type Figures } from './figures.ts'

const help = `Measures whole runs of \`etcd-tls run\`, each in a process of its own.

  npm run bench -- [--etcd SUBJECT]… [--only GLOB]… [--runs N] [--json FILE] [--baseline FILE]

The first run is a warm-up that prepares the subjects and is not counted. Prints a table of the median run;
--json writes every run and the median, --baseline compares with such a file (a ratio above 1 is slower).
Exit 0: measured; 1: a run did not keep the promises; 2: usage.`

const cli = resolve(import.meta.dirname, '../cli/main.ts')

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      etcd: { type: 'string', multiple: true, default: [] },
      only: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string', default: '3' },
      json: { type: 'string' },
      baseline: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) return (console.log(help), 0)
  const args = [
    ...values.etcd.flatMap((one) => ['--etcd', one]),
    ...values.only.flatMap((one) => ['--only', one]),
  ]
  const baseline = values.baseline === undefined ? undefined : await readBaseline(values.baseline)
  await once(args)
  const runs: Figures[] = []
  for (let n = 0; n < Math.max(1, Number(values.runs)); n++) {
    runs.push(await once(args))
    console.log(`run ${String(n + 1)}: ${((runs.at(-1)?.wall ?? 0) / 1000).toFixed(2)} s`)
  }
  const figures = median(runs)
  console.table(rows(figures, baseline))
  if (values.json !== undefined)
    await writeFile(values.json, `${JSON.stringify({ median: figures, runs }, null, 2)}\n`)
  return 0
}

/** One run from the command line to its last report. The subject's start and stop are part of it. */
async function once(args: readonly string[]): Promise<Figures> {
  await using folder = await temporaryFolder('bench')
  const out = join(folder.path, 'run')
  const began = performance.now()
  const { exitCode, all } = await execa(process.execPath, [cli, 'run', '--out', out, ...args], {
    all: true,
    reject: false,
  })
  const wall = performance.now() - began
  if (exitCode !== 0) throw new Error(`the measured run ended with exit ${String(exitCode)}:\n${all}`)
  const results = await loadResults(join(out, 'results.json'))
  const reportBegan = performance.now()
  await writeReports(results, join(folder.path, 'again'))
  return figuresOf(results, performance.now() - reportBegan, wall)
}

async function readBaseline(file: string): Promise<Figures> {
  const { median: figures } = JSON.parse(await readFile(file, 'utf8')) as { median?: Figures }
  if (figures?.wall === undefined)
    throw new TypeError(`--baseline ${file} was not written by --json of this command`)
  return figures
}

try {
  process.exitCode = await main()
} catch (error) {
  const usage = error instanceof TypeError
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = usage ? 2 : 1
}
