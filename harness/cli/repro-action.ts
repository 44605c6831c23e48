import { join, resolve } from 'node:path'
import { loadResults, oneLine, type Results } from '../../reports/index.ts'
import { during, type Lifetime } from '../engine/lifetime.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { temporaryFolder } from '../engine/temporary.ts'
import { HarnessError } from '../errors.ts'
import { cellsOfId, type Meant } from '../run/bisect/cells-of-id.ts'
import type { CatalogueCell } from '../run/catalogue/cells.ts'
import { loadCatalogue, suiteFiles } from '../run/catalogue/catalogue.ts'
import { part } from '../run/gather/evidence-folder.ts'
import { reproFolder } from '../run/repro/folder.ts'
import { imageWay } from '../run/repro/image.ts'
import { resultOf, subjectIn } from '../run/repro/played.ts'
import { runAllScript } from '../run/repro/run-script.ts'
import { writeFolder } from '../run/repro/write-folder.ts'
import { runAll } from '../run/run.ts'
import { defaultSubject, parseSubjects } from '../subject/parse.ts'
import { saveImage } from '../subject/save-image.ts'
import type { Subject } from '../subject/subject.ts'
import { inputError } from '../errors.ts'
import { ensureEngine } from './engine.ts'
import { emptyFolder, removeEmpty } from './output-folder.ts'
import { resultsFile } from './results-file.ts'
import { word } from '../probe/shell.ts'

export interface ReproOptions {
  readonly etcd?: string
  readonly results?: string
  readonly out: string
  readonly withImage?: true
}

/** Errors: HarnessError and ReportError. @returns the exit status. */
export const repro = (id: string, files: readonly string[], options: ReproOptions): Promise<number> =>
  during((life) => reproNow(id, files, options, life))

async function reproNow(
  id: string,
  given: readonly string[],
  options: ReproOptions,
  life: Lifetime,
): Promise<number> {
  // What the user can mend is said before anything is started.
  if (options.etcd !== undefined && options.results === undefined) checkOne(options.etcd)
  const all = (given.length > 0 ? given : await suiteFiles()).map((file) => resolve(file))
  const scenarios = await loadCatalogue(all)
  const meant = cellsOfId(id, scenarios, all)
  const stored =
    options.results === undefined ? undefined : await loadResults(await resultsFile(options.results))
  const made = await emptyFolder(options.out)
  life.defer('the folder of a command that wrote nothing', () => removeEmpty(made))
  const results = stored ?? (await play(meant, options.etcd ?? defaultSubject(), life))
  const subject = subjectIn(results, options.results === undefined ? undefined : options.etcd)
  const heading = scenarios.find(({ id: section }) => id.startsWith(`${section}/`))?.heading
  const written = await write(meant.cells, { heading, subject, results, options }, life)
  process.stdout.write(`${written.map((one) => `Run ${word(join(one, 'run.sh'))}\n`).join('')}`)
  return 0
}

/** Errors: those of `parseSubjects`; `one-subject` (exit 2). */
function checkOne(text: string): void {
  if (parseSubjects([text]).length > 1)
    throw inputError('one-subject', `--etcd ${text} stands for several builds; name one.`)
}

/** Plays the cells; what they leave beside the results goes again. */
async function play({ cells, files }: Meant, etcd: string, life: Lifetime): Promise<Results> {
  await ensureEngine('never', life.signal)
  const runId = makeRunId()
  life.defer('what this run started', () => sweep({ run: runId }))
  await using folder = await temporaryFolder('repro')
  return await runAll({
    ...{ files, subjects: [etcd], only: cells.map(({ cellId }) => cellId), out: folder.path, runId },
    signal: life.signal,
    onEvent: (event) => {
      if (event.kind === 'note') tell(event.text)
      if (event.kind === 'result') tell(`${event.result.verdict}  ${event.result.cell}`)
    },
  })
}

interface About {
  readonly heading: string | undefined
  readonly subject: Subject
  readonly results: Results
  readonly options: ReproOptions
}

/** A folder for the only cell, or one for each and a run.sh that goes through all. */
async function write(cells: readonly CatalogueCell[], about: About, life: Lifetime): Promise<string[]> {
  const { out, withImage } = about.options
  const image = imageWay(about.subject, { packed: withImage === true })
  const [only] = cells
  const folders = new Map<string, Record<string, string>>()
  const refused: HarnessError[] = []
  for (const cell of cells) {
    try {
      const result = resultOf(about.results, cell, about.subject)
      const { heading, subject } = about
      folders.set(
        cells.length === 1 ? '' : part(cell.cellId),
        reproFolder({ cell, subject, result, image, ...(heading === undefined ? {} : { heading }) }),
      )
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error
      refused.push(error)
      if (cells.length > 1) tell(`left out: ${naming(cell.cellId, error.message)}`)
    }
  }
  if (folders.size === 0 || only === undefined) throw refused[0] ?? inputError('no-cell', 'There is no cell.')
  for (const [name, files] of folders) await writeFolder(join(out, name), files)
  if (cells.length > 1) await writeFolder(out, { 'run.sh': runAllScript() })
  if (withImage === true) await saveImage(about.subject.reference, join(out, 'image.tar'), life.signal)
  return [out]
}

const tell = (text: string): void => void process.stderr.write(`${oneLine(text)}\n`)

/** Most sentences name the cell themselves. */
const naming = (cell: string, sentence: string): string =>
  sentence.includes(cell) ? sentence : `${cell}: ${sentence}`
