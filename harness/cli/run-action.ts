import { join, resolve } from 'node:path'
import { conclude, consoleReport, writeReports, type Comparison, type Results } from '../../reports/index.ts'
import { during, statusOf, type Lifetime } from '../engine/lifetime.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import type { CatalogueCell } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { weightsOf } from '../run/worlds/cost.ts'
import { RunFolder } from '../run/gather/run-folder.ts'
import { planOf, type Choice } from '../run/plan.ts'
import { runAll } from '../run/run.ts'
import { parseShard } from '../run/shard-option.ts'
import { defaultSubject, parseSubjects } from '../subject/parse.ts'
import { checkedReuse, type SinceLastGoodOptions } from './since-last-good.ts'
import { checkPairs, compared, loadBaseline, type BaselineOptions } from './baseline.ts'
import { consoleOptions } from './console-options.ts'
import { ensureEngine, type Provisioning } from './engine.ts'
import { takeFolder, removeEmpty } from './output-folder.ts'
import { forPeople, tellResults, type Telling } from './tell-results.ts'
import { sectionTotals } from './view/board.ts'
import { runView } from './view/run-view.ts'
import { silent } from './view/silent-view.ts'
import { TimeLeft } from './view/time-left.ts'
import type { RunView } from './view/view.ts'
import { written } from './written.ts'

export interface RunCommandOptions extends BaselineOptions, SinceLastGoodOptions, Telling {
  readonly etcd: readonly string[]
  readonly only: readonly string[]
  readonly out?: string
  readonly shard?: string
  readonly provision?: true
  readonly provisionAsk?: true
}

/** Errors: HarnessError and ReportError. @returns the exit status. */
export const run = (files: readonly string[], options: RunCommandOptions): Promise<number> =>
  during((life) => runNow(files, options, life))

async function runNow(files: readonly string[], options: RunCommandOptions, life: Lifetime): Promise<number> {
  const subjects = options.etcd.length > 0 ? options.etcd : [defaultSubject()]
  // What the user can mend is said before anything is started.
  parseSubjects(subjects)
  const shard = options.shard === undefined ? {} : { shard: parseShard(options.shard) }
  const baseline = await loadBaseline(options)
  const cells = await cellsToRun(files, { only: options.only, ...shard })
  const reuse = await checkedReuse(options, cells)
  const runId = makeRunId()
  const out = resolve(options.out ?? join('.etcd-tls', runId))
  const made = await takeFolder(options.out ?? join('.etcd-tls', runId), 'evidence')
  await using folder = await RunFolder.open(out)
  life.defer('the folder of a run that wrote nothing', () => removeEmpty(made))
  if (cells.length > 0) {
    await ensureEngine(provisioning(options), life.signal)
    life.defer('what this run started', () => sweep({ run: runId }))
  }
  const view = options.quiet === true ? silent : viewOf(cells, options, out)
  life.defer('the view', () => view.end())
  const results = await runAll({
    ...(files.length > 0 ? { files } : {}),
    ...{ subjects, only: options.only, ...shard, out, runId, signal: life.signal },
    ...reuse,
    onSubjects: (found) => checkPairs(found, baseline),
    onEvent: (event) => {
      view.onEvent(event)
    },
  })
  await view.end()
  const exit = await tell(results, out, compared(results, baseline), options, life)
  await folder.demandSame()
  return exit
}

function viewOf(cells: readonly CatalogueCell[], telling: Telling, out: string): RunView {
  const output = forPeople(telling)
  return runView(sectionTotals(cells), consoleOptions(output, out), output, new TimeLeft(weightsOf(cells)))
}

/** Errors: those of `loadCatalogue` and `planOf`, all input errors. */
async function cellsToRun(
  files: readonly string[],
  choice: Omit<Choice, 'own'>,
): Promise<readonly CatalogueCell[]> {
  const own = files.length === 0
  return planOf(await loadCatalogue(own ? undefined : files), { ...choice, own }).cells
}

const provisioning = ({ provision, provisionAsk }: RunCommandOptions): Provisioning =>
  provision === true ? 'yes' : provisionAsk === true ? 'ask' : 'never'

async function tell(
  results: Results,
  out: string,
  comparison: Comparison | undefined,
  telling: Telling,
  life: Lifetime,
): Promise<number> {
  await writeReports(results, out, { allure: false, ...(comparison && { comparison }) })
  const where = written(out, process.cwd()).join('\n')
  // A signal ends it with its own status, whatever was found: also one that came when the results were written.
  const status = statusOf(life.signal) ?? conclude(results, comparison).exit
  const text = consoleReport(results, { ...consoleOptions(forPeople(telling), out), status }, comparison)
  await tellResults(`\n${text}\n${where}\n`, results, status, telling)
  return status
}
