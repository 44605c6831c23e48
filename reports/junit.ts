import type { Comparison } from './baseline/comparison.ts'
import { conclude } from './conclusion.ts'
import { goneCase, sinceOf, type Since } from './junit-baseline.ts'
import { suiteIds, type SuiteIds } from './junit-ids.ts'
import { notSo } from './not-so.ts'
import { declaredText, plainText } from './plain-text.ts'
import { finderOf, pointOf, sectionsOf } from './results-view.ts'
import type { SectionView } from './results-view.ts'
import type { CellResult, ClaimRecord, Results, SubjectRecord } from './schema.ts'
import { gapsOf, standingOf, wordOf } from './verdicts.ts'
import { element, xmlDocument } from './xml.ts'
import type { Element } from './xml.ts'

/**
 * JUnit XML: a testsuite per section and subject, a testcase per cell, under names that stay from version to version.
 * Failure: undeclared or stale; with a baseline, what is worse than it. Error: inconclusive, or no result. Skipped:
 * not applicable, with the reason. A known deviation passes and says so in a property and in system-out, and so does
 * what the baseline excuses.
 */
export function junit(results: Results, comparison?: Comparison): string {
  const about: About = { results, ids: suiteIds(results.subjects), since: sinceOf(comparison) }
  const sections = results.subjects.flatMap((subject) =>
    sectionsOf(results).map((section) => suite(about, section, subject)),
  )
  const suites = [...sections, ...runSuite(results, comparison, sums(sections)['errors'] === 0)]
  return xmlDocument(
    element(
      'testsuites',
      { name: 'etcd-tls', ...sums(suites), time: seconds(results.phases.wall) },
      ...suites,
    ),
  )
}

interface About {
  readonly results: Results
  readonly ids: SuiteIds
  readonly since: Since
}

function suite(about: About, section: SectionView, subject: SubjectRecord): Element {
  const { results, ids } = about
  const find = finderOf(results)
  const name = ids(section.id, subject)
  const cases = section.claims.flatMap((claim) => {
    const found = find(claim, subject.name)
    const missing = claim.cells.filter(({ id }) => !found.some(({ cell }) => cell === id))
    return [
      ...found.map((result) => testcase(result, claim, name, about.since)),
      ...missing.map(({ id }) => missingCase(id, name)),
    ]
  })
  const time = section.claims
    .flatMap((claim) => find(claim, subject.name))
    .reduce((sum, one) => sum + one.milliseconds, 0)
  const told = {
    subject: subject.name,
    etcd: subject.etcd,
    go: subject.go,
    source: subject.source,
    image: subject.image,
    heading: section.heading,
  }
  return element(
    'testsuite',
    { name, ...countCases(cases), time: seconds(time), timestamp: results.run.started },
    element(
      'properties',
      {},
      ...Object.entries(told).map(([key, value]) => property(key, value)),
      ...notSoProperties(results, section, subject),
    ),
    ...cases,
  )
}

const property = (name: string, value: string): Element => element('property', { name, value })

/** What the section documents and the subject does not do: a property each. */
const notSoProperties = (results: Results, section: SectionView, subject: SubjectRecord): Element[] =>
  notSo({ ...results, subjects: [subject], claims: [...section.claims] }).flatMap(({ claim, on }) =>
    on.map(({ evidence }) => property('documented-but-not-so', `${claim}: ${evidence}`)),
  )

function testcase(result: CellResult, claim: ClaimRecord, classname: string, since: Since): Element {
  const { declared, reused } = result
  const properties = [
    property('promise', claim.says),
    property('verdict', wordOf(result)),
    ...(pointOf(result.cell) === '' ? [] : [property('cell', pointOf(result.cell))]),
    ...(declared === undefined ? [] : [property('known-deviation', declaredText(result))]),
    ...(reused === undefined ? [] : [property('reused-from-run', reused.run)]),
    ...since.properties(result).map(([name, value]) => property(name, value)),
  ]
  return element(
    'testcase',
    { name: result.cell, classname, time: seconds(result.milliseconds) },
    element('properties', {}, ...properties),
    ...outcomeOf(result, since),
  )
}

function outcomeOf(result: CellResult, since: Since): Element[] {
  const standing = standingOf(result)
  const text = plainText(result)
  if (standing === 'inconclusive')
    return [element('error', { type: wordOf(result), message: `${wordOf(result)}: ${result.seen}` }, text)]
  const told = since.outcome(result)
  if (told?.fails === true)
    return [element('failure', { type: told.type, message: `${told.text}: ${result.seen}` }, text)]
  if (standing === 'not-applicable')
    return [element('skipped', { message: result.notApplicable ?? 'no reason given' })]
  if (standing === 'as-promised') return []
  if (standing === 'as-declared') return [element('system-out', {}, `${declaredText(result)}\n${text}`)]
  if (told !== undefined) return [element('system-out', {}, `${told.text}\n${text}`)]
  const message = standing === 'stale' ? declaredText(result) : `${wordOf(result)}: ${result.seen}`
  return [element('failure', { type: wordOf(result), message }, text)]
}

const missingCase = (cell: string, classname: string): Element =>
  element(
    'testcase',
    { name: cell, classname, time: '0.000' },
    element(
      'error',
      { type: 'missing', message: 'This cell has no result.' },
      'The run ended before this cell was judged.',
    ),
  )

/** What is wrong with the run and not with a cell of it. */
function runSuite(results: Results, comparison: Comparison | undefined, noErrors: boolean): Element[] {
  const odd = gapsOf(results).filter(({ what }) => what !== 'missing')
  const incomplete = results.run.interrupted !== undefined || (results.missing ?? []).length > 0
  // Nothing at all, nothing that applies, verdicts that contradict their checks: no cell tells of it.
  const isUntold = noErrors && conclude(results).exit === 3
  const broken = incomplete || odd.length > 0 || isUntold
  const cases = [
    ...(broken ? [incompleteCase(conclude(results).reasons.join('; '))] : []),
    ...goneCase(comparison),
  ]
  if (cases.length === 0) return []
  const head = { name: 'run', ...countCases(cases), time: '0.000', timestamp: results.run.started }
  return [element('testsuite', head, ...cases)]
}

const incompleteCase = (message: string): Element =>
  element(
    'testcase',
    { name: 'the run is complete', classname: 'run', time: '0.000' },
    element('error', { type: 'incomplete', message }, message),
  )

const has = (name: string) => (one: Element) =>
  one.children.some((child) => typeof child !== 'string' && child.name === name)

const countCases = (cases: readonly Element[]) => ({
  tests: cases.length,
  failures: cases.filter(has('failure')).length,
  errors: cases.filter(has('error')).length,
  skipped: cases.filter(has('skipped')).length,
})

function sums(suites: readonly Element[]): Record<string, number> {
  const sum = (name: string) => suites.reduce((total, { attributes }) => total + Number(attributes[name]), 0)
  return { tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') }
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)
