import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { bisectMarkdown, bisectText, type Bisection } from '../../reports/bisect/index.ts'
import { mergeResults, oneLine, writeReports, type Results } from '../../reports/index.ts'
import { during, type Lifetime } from '../engine/lifetime.ts'
import { makeRunId } from '../engine/run-id.ts'
import { sweep } from '../engine/sweep.ts'
import { bisect, type Wanted } from '../run/bisect/bisect.ts'
import { checkAsked } from '../run/bisect/history.ts'
import { cellsOfId } from '../run/bisect/cells-of-id.ts'
import { Plays } from '../run/bisect/plays.ts'
import { loadCatalogue, suiteFiles } from '../run/catalogue/catalogue.ts'
import type { RunEvent } from '../run/events.ts'
import { runAll } from '../run/run.ts'
import { parseSubjects } from '../subject/parse.ts'
import { inputError } from '../errors.ts'
import { consoleOptions } from './console-options.ts'
import { ensureEngine } from './engine.ts'
import { emptyFolder, removeEmpty } from './output-folder.ts'

export interface BisectOptions {
  readonly from: string
  readonly to: string
  readonly go?: true
  readonly all?: true
  readonly out?: string
  readonly json?: true
}

/** Errors: HarnessError and ReportError. @returns the exit status. */
export const bisectAction = (id: string, files: readonly string[], options: BisectOptions): Promise<number> =>
  during((life) => bisectNow(id, files, options, life))

async function bisectNow(
  id: string,
  given: readonly string[],
  options: BisectOptions,
  life: Lifetime,
): Promise<number> {
  // What the user can mend is said before anything is started.
  checkEnds(options)
  const all = (given.length > 0 ? given : await suiteFiles()).map((file) => resolve(file))
  const { cells, files } = cellsOfId(id, await loadCatalogue(all), all)
  const runId = makeRunId()
  const out = resolve(options.out ?? join('.etcd-tls', runId))
  const made = await emptyFolder(options.out ?? join('.etcd-tls', runId))
  life.defer('the folders of a bisection that wrote nothing', () => removeEmpty([...made, join(out, 'runs')]))
  await ensureEngine('never', life.signal)
  life.defer('what this run started', () => sweep({ run: runId }))

  const plays = new Plays({ files, out, runId, signal: life.signal, onEvent: progress() }, runAll)
  const report = await bisect(wantedOf(id, cells, options), plays, (text) => tell(oneLine(text)))
  await write(report, mergeResults(plays.parts()), out)
  const text =
    options.json === true ? `${JSON.stringify(report, null, 2)}\n` : bisectText(report, consoleOptions())
  process.stdout.write(options.json === true ? text : `\n${text}\nOpen ${join(out, 'bisection.md')}\n`)
  return report.exit
}

/** Errors: those of `parseSubjects` and `checkAsked`; `one-subject` (exit 2) for a set, `go-needs-release` for a build without sources. */
function checkEnds({ from, to, go }: BisectOptions): void {
  for (const [option, text] of Object.entries({ from, to })) {
    const [subject, ...more] = parseSubjects([text])
    if (subject === undefined || more.length > 0)
      throw inputError('one-subject', `--${option} ${text} stands for several builds; name one.`)
    if (go === true && subject.road !== 'release' && subject.road !== 'module')
      throw inputError(
        'go-needs-release',
        `--go builds both sides again, and --${option} ${text} is no release; name one like 3.6.16, or leave --go away.`,
      )
  }
  checkAsked(from, to)
}

function wantedOf(
  id: string,
  cells: readonly { readonly cellId: string; readonly claim: { readonly says: string } }[],
  { from, to, go, all }: BisectOptions,
): Wanted {
  const flags = [...(go === true ? ['--go'] : []), ...(all === true ? ['--all'] : [])]
  return {
    id,
    says: cells[0]?.claim.says ?? '',
    cells: cells.map(({ cellId }) => cellId),
    from,
    to,
    go: go === true,
    all: all === true,
    command: ['etcd-tls', 'bisect', id, '--from', from, '--to', to, ...flags],
  }
}

async function write(report: Bisection, merged: Results, out: string): Promise<void> {
  // Cells that do not change were played at the ends only: a table of all would have holes.
  const cells = new Set(report.steps.flatMap((step) => step.cells))
  await writeReports(cells.size === 0 ? merged : onlyOf(merged, cells), out)
  await writeFile(join(out, 'bisection.json'), `${JSON.stringify(report, null, 2)}\n`)
  await writeFile(join(out, 'bisection.md'), bisectMarkdown(report))
}

const onlyOf = (results: Results, cells: ReadonlySet<string>): Results => ({
  ...results,
  claims: results.claims.map((claim) => ({ ...claim, cells: claim.cells.filter(({ id }) => cells.has(id)) })),
  results: results.results.filter(({ cell }) => cells.has(cell)),
})

/** Progress goes to standard error: standard output is the answer. Of one step it is told at most this often, in ms. */
const interval = 5000
const tell = (text: string): void => void process.stderr.write(`${text}\n`)

function progress(): (event: RunEvent) => void {
  let toldAt = -Infinity
  return (event) => {
    if (event.kind === 'note') tell(oneLine(event.text))
    if (event.kind === 'result') tell(`  ${event.result.verdict}  ${oneLine(event.result.cell)}`)
    if (event.kind !== 'preparing' || performance.now() - toldAt < interval) return
    toldAt = performance.now()
    tell(`  preparing: ${oneLine(event.text)}`)
  }
}
