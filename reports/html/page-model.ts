import { changes, changeWords, type Comparison } from '../baseline/index.ts'
import { conclude, type Conclusion } from '../conclusion.ts'
import { finderOf, sectionsOf, slugOf } from '../results-view.ts'
import type { Finder, SectionView } from '../results-view.ts'
import { verdicts } from '../schema.ts'
import type { CellResult, ClaimRecord, Results, SubjectRecord } from '../schema.ts'
import { stepLegend } from '../steps.ts'
import { countsOf, severityOf, signs, words } from '../verdicts.ts'
import { addressOf } from './address.ts'
import { baselineModel, type BaselineModel } from './baseline-model.ts'
import { brokenModel, type BrokenModel } from './broken-model.ts'
import { markWord } from './cell-codes.ts'
import { exercisedModel, notSoModel, stepsModel } from './page-lists.ts'
import type { ExercisedModel, NotSoModel, StepsModel } from './page-lists.ts'

/** What the templates read. Plain text throughout: they escape it. */
export interface PageModel {
  readonly conclusion: Conclusion
  readonly headline: string
  readonly broken: readonly BrokenModel[]
  readonly baseline: BaselineModel | undefined
  readonly notSo: readonly NotSoModel[]
  readonly filters: ReturnType<typeof filtersOf>
  readonly subjects: ReturnType<typeof subjectModel>[]
  readonly sections: (Pick<SectionView, 'id' | 'heading' | 'url'> & {
    claims: (ReturnType<typeof claimModel> & { place: number })[]
  })[]
  readonly exercised: ExercisedModel
  readonly steps: readonly StepsModel[]
  readonly stepLegend: string
  readonly legend: string
  readonly claims: number
  readonly run: ReturnType<typeof runModel>
}

export function pageModel(results: Results, comparison?: Comparison): PageModel {
  const find = finderOf(results)
  const conclusion = conclude(results, comparison)
  const places = new Map(results.claims.map(({ id }, place) => [id, place]))
  const bySubject = Map.groupBy(results.results, ({ subject }) => subject)
  return {
    conclusion,
    headline: headlineOf(conclusion, countsOf(results.results).declared),
    broken: brokenModel(results),
    baseline: comparison && baselineModel(comparison),
    notSo: notSoModel(results),
    filters: filtersOf(results, comparison),
    subjects: results.subjects.map((subject) => subjectModel(subject, bySubject.get(subject.name) ?? [])),
    sections: sectionsOf(results).map((section) => ({
      ...section,
      claims: section.claims.map((claim) => ({
        place: places.get(claim.id) ?? 0,
        ...claimModel(claim, results.subjects, find),
      })),
    })),
    exercised: exercisedModel(results),
    steps: stepsModel(results),
    stepLegend,
    legend,
    claims: results.claims.length,
    run: runModel(results),
  }
}

/** The same words for the history of a claim stand in page/history.js. */
const legend = `${verdicts.map((verdict) => `${signs[verdict]} ${words[verdict]}`).join(' · ')} · ∅ no result · known or *: a deviation as declared · stale or !: a declaration that no longer holds`

function headlineOf({ exit }: Conclusion, declared: number): string {
  if (exit === 3) return 'Not enough was found out'
  if (exit === 1) return 'Not as promised'
  return declared > 0 ? 'As promised, or as declared' : 'As promised'
}

const share = (results: readonly CellResult[]) => {
  const counts = countsOf(results)
  const told = verdicts.filter((verdict) => counts[verdict] > 0)
  let from = 0
  return told.map((verdict) => {
    const count = counts[verdict]
    from += count
    return { verdict, word: words[verdict], count, from: from - count }
  })
}

const sources: Readonly<Record<SubjectRecord['source'], string>> = {
  official: 'official image',
  module: 'built from its Go module',
  image: 'image',
  debian: 'Debian package',
  binary: 'binary',
  liar: 'liar',
  bent: 'etcd with one check bent',
}

function subjectModel(subject: SubjectRecord, results: readonly CellResult[]) {
  const { declared, stale } = countsOf(results)
  const head = subject.name.split(/[@+]/)
  const { name, asked, etcd, go, image, reference, tls } = subject
  const source = sources[subject.source]
  return {
    name,
    asked,
    etcd,
    go,
    image,
    reference,
    tls: tls.join(', '),
    source,
    head,
    total: results.length,
    parts: share(results),
    declared,
    stale,
    reused: results.filter((result) => result.reused !== undefined).length,
  }
}

/** A filter per verdict that occurs, and for known and stale ones. */
function filtersOf({ results }: Results, comparison?: Comparison) {
  const { declared, stale } = countsOf(results)
  const reused = results.filter((result) => result.reused !== undefined).length
  return [
    ...share(results).map(({ verdict, word, count }) => ({ key: verdict, word, count })),
    ...(declared > 0 ? [{ key: 'known', word: 'known deviation', count: declared }] : []),
    ...(stale > 0 ? [{ key: 'stale', word: 'stale declaration', count: stale }] : []),
    ...(reused > 0 ? [{ key: 'reused', word: 'reused', count: reused }] : []),
    ...changedFilters(comparison),
  ]
}

/** What has changed since the baseline; what is unchanged needs no filter. */
const changedFilters = (comparison: Comparison | undefined) =>
  changes.flatMap((change) => {
    const count = comparison?.counts[change] ?? 0
    const shown = change !== 'unchanged' && change !== 'gone' && count > 0
    return shown ? [{ key: change, word: changeWords[change], count }] : []
  })

function claimModel(claim: ClaimRecord, subjects: readonly SubjectRecord[], find: Finder) {
  const { id, says, since, until, open } = claim
  const notes = [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(until === undefined ? [] : [`until ${until}`]),
    ...(open === undefined ? [] : ['left open by the page']),
    ...(claim.cells.length > 1 ? [`${String(claim.cells.length)} cells`] : []),
  ]
  return {
    id,
    address: addressOf({ claim: id }),
    slug: slugOf(claim),
    says,
    notes,
    summaries: subjects.map((subject) => summary(claim, subject, find)),
  }
}

/** A claim on a subject as one button: the worst verdict, and how many cells have it. */
function summary(claim: ClaimRecord, subject: SubjectRecord, find: Finder) {
  const found = find(claim, subject.name).toSorted((a, b) => severityOf(b) - severityOf(a))
  const [worst] = found
  const cells = claim.cells.length
  if (worst === undefined) return { name: subject.name, verdict: 'missing', word: 'no result', notes: [] }
  const mark = markWord(worst)
  const same = found.filter((one) => one.verdict === worst.verdict && markWord(one) === mark).length
  const count = cells === 1 ? '' : same === cells ? String(cells) : `${String(same)} of ${String(cells)}`
  return {
    name: subject.name,
    verdict: [worst.verdict, mark].join(' ').trim(),
    word: words[worst.verdict],
    notes: [count, mark].filter((note) => note !== ''),
  }
}

function runModel({ run, tool, phases }: Results) {
  return {
    tool: `${tool.name} ${tool.version}`,
    id: run.id,
    started: run.started,
    day: run.started.slice(0, 16).replace('T', ' '),
    seconds: (phases.wall / 1000).toFixed(1),
    command: run.command.join(' '),
    host: `${run.host.platform}, ${String(run.host.cpus)} CPUs, Node ${run.host.node}, ${run.host.engine}`,
    worlds: phases.worldCount,
    probes: phases.probeCount,
  }
}
