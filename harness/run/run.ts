import { resolve } from 'node:path'
import type { Results } from '../../reports/schema.ts'
import { ClockWatch, demandOneClock } from '../engine/clocks.ts'
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
import { berthInit } from '../tool/init.ts'
import { prepareTools, type ToolImages } from '../tool/tools.ts'
import type { WorkerContext } from '../vitest/context.ts'
import { drive } from '../vitest/drive.ts'
import { createNetwork, type RunNetwork } from '../world/network.ts'
import { assemble } from './assemble.ts'
import { loadCatalogue, suiteFiles } from './catalogue/catalogue.ts'
import type { RunOptions } from './events.ts'
import { partsOf, type Part } from './parts.ts'
import { planOf, type Plan } from './plan.ts'
import { subjectRecord } from './catalogue/records.ts'
import { RunFolder } from './gather/run-folder.ts'
import { harnessDigest } from './reuse/harness-digest.ts'
import { reuseOf, writeReused } from './reuse/of-run.ts'
import { Tally } from './tally.ts'
import { toolsNeeded } from './tools-needed.ts'
import { writeOnce } from './write-once.ts'

/**
 * The main job: prepares the subjects, plays every cell on each, and gives back what was found. Writes
 * `results.json` and the evidence into the run's folder; what was taken away of it meanwhile is `missing`. Nothing is left in the engine, whatever happens.
 * Errors: HarnessError, with exit 2 for input that the user can mend.
 */
export async function runAll(options: RunOptions): Promise<Results> {
  const started = new Date()
  const clock = new ClockWatch()
  actFor(options.runId)
  await demandTemporaryFolder()
  await using folder = await RunFolder.open(options.out)
  const tally = new Tally()
  const files = (options.files ?? (await suiteFiles())).map((file) => resolve(file))
  const scenarios = await loadCatalogue(files)
  const plan = planOf(scenarios, { ...options, own: options.files === undefined })
  const told = { options, started, scenarios, plan, tally }
  if (plan.cells.length === 0)
    return await written(
      assemble({ ...told, engine: 'none was needed', subjects: [], problem: undefined }),
      folder,
    )
  const engine = await engineName()
  await demandOneClock()
  try {
    await sweep('dead')
    const network = await createNetwork(options.runId)
    const subjects = await tally.phase('prepare', () => prepare(options, network))
    options.onSubjects?.(subjects.map(subjectRecord))
    const harness = await harnessDigest()
    const reuse = await tally.phase('prepare', () => reuseOf(options, plan, subjects, harness))
    const parts = partsOf(files, scenarios, subjects, plan.only, reuse)
    const about = { plan, options, tally, clock }
    const ended =
      parts.length === 0
        ? endedBy(options.signal)
        : await play(parts, await readyFor({ ...about, scenarios, subjects, network }), about)
    const wrongTime = clock.problem()
    const problem = ended ?? wrongTime
    // Without the harness nobody takes them for good later.
    const conditions = wrongTime === undefined ? { harness, reuse } : { reuse }
    const results = await written(assemble({ ...told, engine, subjects, problem, ...conditions }), folder)
    writeReused(results, reuse, options.out)
    return results
  } finally {
    await sweep({ run: options.runId })
  }
}

async function written(results: Results, folder: RunFolder): Promise<Results> {
  const lost = await folder.lossOf(results.results)
  const told = lost === undefined ? results : { ...results, missing: [...(results.missing ?? []), lost] }
  await writeOnce(told, folder.path)
  return told
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
  { runId, signal, onEvent }: RunOptions,
  scenarios: readonly Scenario[],
  subjects: readonly Subject[],
  { only }: Plan,
): Promise<ToolImages> {
  const needed = toolsNeeded(scenarios, subjects, only)
  if (needed.size === 0) return {}
  const onProgress = (text: string): void => onEvent({ kind: 'preparing', text })
  return prepareTools(needed, await surroundingsOf({ runId, signal, onProgress }))
}

/** What is in the engine when the cells are played. */
type Ready = Pick<WorkerContext, 'network' | 'subjects' | 'tools' | 'sharesFolders' | 'init'>

interface About {
  readonly plan: Plan
  readonly options: RunOptions
  readonly tally: Tally
  readonly clock: ClockWatch
}

interface Preparation extends About {
  readonly scenarios: readonly Scenario[]
  readonly subjects: readonly Subject[]
  readonly network: RunNetwork
}

async function readyFor(about: Preparation): Promise<Ready> {
  const { scenarios, subjects, network, plan, options, tally } = about
  const tools = await tally.phase('prepare', () => tooling(options, scenarios, subjects, plan))
  const shares = await sharesFolders(subjects[0]?.reference ?? '', options.runId)
  const { arch } = await surroundingsOf({ ...options, onProgress: () => undefined })
  const init = shares ? await tally.phase('prepare', () => berthInit(arch, options.signal)) : undefined
  return { network, subjects, tools, sharesFolders: shares, init }
}

/** Plays the cells; gives back what kept the run from finishing, if anything did. */
async function play(
  parts: readonly Part[],
  ready: Ready,
  { plan: { only }, options, tally, clock }: About,
): Promise<string | undefined> {
  const { runId, out, signal, onEvent } = options
  const early = endedBy(signal)
  if (early !== undefined) return early
  try {
    await drive({
      context: { runId, ...ready, only, out },
      parts,
      signal,
      onCell: (meta) => {
        clock.look()
        if (tally.take(meta)) onEvent({ kind: 'result', result: meta.result, section: meta.section })
      },
      onAnew: (metas) => {
        for (const meta of metas) tally.replace(meta)
        const [first] = metas
        const what = `${String(metas.length)} ${metas.length === 1 ? 'cell is' : 'cells are'} not sure any more`
        onEvent({ kind: 'note', text: `${what}: ${first?.result.why.at(-1) ?? ''}` })
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
