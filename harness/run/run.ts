import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { option } from '../../fixtures/options.ts'
import { securityOptions } from '../../fixtures/security-options.ts'
import type { CellResult, Results } from '../../reports/schema.ts'
import { writeResults } from '../../reports/index.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { InterruptedError } from '../engine/lifetime.ts'
import { engineName } from '../engine/name.ts'
import { sharesFolders } from '../engine/shared-folders.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor, demandTemporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import type { Scenario } from '../scenario/claim.ts'
import { measureTls } from '../subject/measure-tls.ts'
import { prepareSubjects, surroundingsOf } from '../subject/prepare.ts'
import type { Subject } from '../subject/subject.ts'
import { prepareTools, type ToolImages } from '../tool/tools.ts'
import { drive } from '../vitest/drive.ts'
import { createNetwork, type RunNetwork } from '../world/network.ts'
import { cellsOf, loadCatalogue, sectionOf, suiteFiles, type CatalogueCell } from './catalogue.ts'
import { unfinished } from './cell-result.ts'
import { coverage } from './coverage.ts'
import { costOf } from './cost.ts'
import { claimRecord, sectionRecord, subjectRecord } from './records.ts'
import type { RunOptions } from './events.ts'
import { checkGlobs, onlyIds } from './only.ts'
import { Tally } from './tally.ts'
import { toolsNeeded } from './tools-needed.ts'

/**
 * The main job: prepares the subjects, plays every cell on each, and gives back what was found. Writes
 * `results.json` and the evidence into the run's folder. Nothing is left in the engine, whatever happens.
 * Errors: HarnessError, with exit 2 for input that the user can mend.
 */
export async function runAll(options: RunOptions): Promise<Results> {
  const started = new Date()
  actFor(options.runId)
  await demandTemporaryFolder()
  const tally = new Tally()
  const files = (options.files ?? (await suiteFiles())).map((file) => resolve(file))
  const scenarios = await loadCatalogue(files)
  checkGlobs(options.only, scenarios.flatMap(cellsOf))
  const engine = await engineName()
  try {
    await sweep('dead')
    const network = await createNetwork(options.runId)
    const subjects = await tally.phase('prepare', () => prepare(options, network))
    options.onSubjects?.(subjects.map(subjectRecord))
    const tools = await tally.phase('prepare', () => tooling(options, scenarios, subjects))
    const shares = await sharesFolders(subjects[0]?.reference ?? '', options.runId)
    const ready = { network, subjects, tools, sharesFolders: shares }
    const problem = await play(files, scenarios, ready, options, tally)
    const results = assemble({ options, started, engine, scenarios, subjects, tally, problem })
    await writeResults(results, join(options.out, 'results.json'))
    return results
  } finally {
    await sweep({ run: options.runId })
  }
}

function prepare(options: RunOptions, network: RunNetwork): Promise<Subject[]> {
  const { subjects, signal, onEvent, runId } = options
  return prepareSubjects(subjects, {
    signal,
    runId,
    onProgress: (text) => onEvent({ kind: 'preparing', text }),
    onPrepared: (subject, milliseconds) => onEvent({ kind: 'prepared', subject, milliseconds }),
    measureTls: (subject) => measureTls(subject, { runId, network }),
  })
}

/** What the worlds of the planned cells need beside the subjects. */
async function tooling(
  { only, runId, signal, onEvent }: RunOptions,
  scenarios: readonly Scenario[],
  subjects: readonly Subject[],
): Promise<ToolImages> {
  const needed = toolsNeeded(scenarios, subjects, only)
  if (needed.size === 0) return {}
  const onProgress = (text: string): void => onEvent({ kind: 'preparing', text })
  return prepareTools(needed, await surroundingsOf({ runId, signal, onProgress }))
}

/** What is in the engine when the cells are played. */
interface Ready {
  readonly network: RunNetwork
  readonly subjects: readonly Subject[]
  readonly tools: ToolImages
  readonly sharesFolders: boolean
}

/** Plays the cells; gives back what kept the run from finishing, if anything did. */
async function play(
  files: readonly string[],
  scenarios: readonly Scenario[],
  ready: Ready,
  { runId, only, out, signal, onEvent }: RunOptions,
  tally: Tally,
): Promise<string | undefined> {
  const early = endedBy(signal)
  if (early !== undefined) return early
  const wanted = files
    .map((file, n) => ({
      file,
      cost: costOf(
        scenarios
          .slice(n, n + 1)
          .flatMap(cellsOf)
          .filter(onlyIds(only)),
      ),
    }))
    .filter(({ cost }) => cost > 0)
    .toSorted((a, b) => b.cost - a.cost)
    .map(({ file }) => file)
  try {
    await drive({
      context: { runId, ...ready, only, out, files: wanted },
      signal,
      onCell: (meta) => {
        if (tally.take(meta)) onEvent({ kind: 'result', result: meta.result, section: meta.section })
      },
    })
    return endedBy(signal)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    onEvent({ kind: 'note', text: error.message })
    return error.message
  }
}

function endedBy({ aborted, reason }: AbortSignal): string | undefined {
  if (!aborted) return undefined
  return reason instanceof InterruptedError ? reason.signal : 'a signal'
}

interface Parts {
  readonly options: RunOptions
  readonly started: Date
  readonly engine: string
  readonly scenarios: readonly Scenario[]
  readonly subjects: readonly Subject[]
  readonly tally: Tally
  readonly problem: string | undefined
}

function assemble({ options, started, engine, scenarios, subjects, tally, problem }: Parts): Results {
  const cells = scenarios.flatMap(cellsOf).filter(onlyIds(options.only))
  const claims = [...Map.groupBy(cells, ({ claimId }) => claimId).values()].map(claimRecord)
  const finished = new Date()
  const sections = [...new Set(cells.map(sectionOf))]
  return {
    format: 'etcd-tls/results',
    formatVersion: 1,
    tool: { name: packageFile.name, version: packageFile.version },
    run: {
      id: options.runId,
      started: started.toISOString(),
      finished: finished.toISOString(),
      command: [
        'etcd-tls',
        'run',
        ...options.subjects.flatMap((subject) => ['--etcd', subject]),
        ...options.only.flatMap((glob) => ['--only', glob]),
      ],
      host: {
        platform: `${process.platform}/${process.arch}`,
        cpus: availableParallelism(),
        node: process.version,
        engine,
      },
      ...(options.only.length > 0 && { only: [...options.only] }),
      ...(options.files !== undefined && { files: [...options.files] }),
      ...(problem === undefined ? {} : { interrupted: problem }),
    },
    subjects: subjects.map(subjectRecord),
    sections: sections.map((id) => sectionRecord(id, scenarios)),
    claims,
    options: securityOptions.map((name) => ({ name, listener: option(name).listener })),
    coverage: coverage(claims, options.files === undefined && options.only.length === 0),
    results: subjects.flatMap((subject) => cells.map((cell) => resultOf(cell, subject, tally, problem))),
    phases: tally.phases(started, finished),
  }
}

/** Every cell has exactly one result: one that is missing is inconclusive. */
function resultOf(
  cell: CatalogueCell,
  subject: Subject,
  tally: Tally,
  problem = 'the worker gave no result',
): CellResult {
  return (
    tally.result(subject.name, cell.cellId) ?? unfinished(cell, subject, new HarnessError('not-run', problem))
  )
}
