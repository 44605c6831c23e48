import { conclude } from './conclusion.ts'
import { notSo } from './not-so.ts'
import { declaredText, plainText } from './plain-text.ts'
import { finderOf, pointOf, sectionsOf } from './results-view.ts'
import type { SectionView } from './results-view.ts'
import type { CellResult, ClaimRecord, Results, SubjectRecord } from './schema.ts'
import { gapsOf, standingOf, wordOf } from './verdicts.ts'
import { element, xmlDocument } from './xml.ts'
import type { Element } from './xml.ts'

/**
 * JUnit XML: a testsuite per section and subject, a testcase per cell. Failure: undeclared or stale.
 * Error: inconclusive, or no result. Skipped: not applicable, with the reason. A known deviation passes
 * and says so in a property and in system-out.
 */
export function junit(results: Results): string {
  const suites = [
    ...results.subjects.flatMap((subject) =>
      sectionsOf(results).map((section) => suite(results, section, subject)),
    ),
    ...runSuite(results),
  ]
  return xmlDocument(
    element(
      'testsuites',
      { name: 'etcd-tls', ...sums(suites), time: seconds(results.phases.wall) },
      ...suites,
    ),
  )
}

function suite(results: Results, section: SectionView, subject: SubjectRecord): Element {
  const find = finderOf(results)
  const cases = section.claims.flatMap((claim) => {
    const found = find(claim, subject.name)
    const missing = claim.cells.filter(({ id }) => !found.some(({ cell }) => cell === id))
    return [
      ...found.map((result) => testcase(result, claim, section, subject)),
      ...missing.map(({ id }) => missingCase(id, section, subject)),
    ]
  })
  const time = section.claims
    .flatMap((claim) => find(claim, subject.name))
    .reduce((sum, one) => sum + one.milliseconds, 0)
  const properties = element(
    'properties',
    {},
    ...Object.entries({
      etcd: subject.etcd,
      go: subject.go,
      source: subject.source,
      image: subject.image,
      heading: section.heading,
    }).map(([name, value]) => element('property', { name, value })),
    ...notSoProperties(results, section, subject),
  )
  return element(
    'testsuite',
    {
      name: `${section.id} ${subject.name}`,
      ...countCases(cases),
      time: seconds(time),
      timestamp: results.run.started,
    },
    properties,
    ...cases,
  )
}

/** What the section documents and the subject does not do: a property each. */
const notSoProperties = (results: Results, section: SectionView, subject: SubjectRecord): Element[] =>
  notSo({ ...results, subjects: [subject], claims: [...section.claims] }).flatMap(({ claim, on }) =>
    on.map(({ evidence }) =>
      element('property', { name: 'documented-but-not-so', value: `${claim}: ${evidence}` }),
    ),
  )

const classname = (section: SectionView, subject: SubjectRecord): string => `${section.id} ${subject.name}`

function testcase(
  result: CellResult,
  claim: ClaimRecord,
  section: SectionView,
  subject: SubjectRecord,
): Element {
  const known =
    result.declared === undefined
      ? []
      : [element('property', { name: 'known-deviation', value: declaredText(result) })]
  const point =
    pointOf(result.cell) === '' ? [] : [element('property', { name: 'cell', value: pointOf(result.cell) })]
  const properties = [
    element('property', { name: 'promise', value: claim.says }),
    element('property', { name: 'verdict', value: wordOf(result) }),
    ...point,
    ...known,
  ]
  return element(
    'testcase',
    { name: result.cell, classname: classname(section, subject), time: seconds(result.milliseconds) },
    element('properties', {}, ...properties),
    ...outcomeOf(result),
  )
}

function outcomeOf(result: CellResult): Element[] {
  const standing = standingOf(result)
  if (standing === 'not-applicable')
    return [element('skipped', { message: result.notApplicable ?? 'no reason given' })]
  if (standing === 'as-promised') return []
  if (standing === 'as-declared')
    return [element('system-out', {}, `${declaredText(result)}\n${plainText(result)}`)]
  const message = standing === 'stale' ? declaredText(result) : `${wordOf(result)}: ${result.seen}`
  const kind = standing === 'inconclusive' ? 'error' : 'failure'
  return [element(kind, { type: wordOf(result), message }, plainText(result))]
}

const missingCase = (cell: string, section: SectionView, subject: SubjectRecord): Element =>
  element(
    'testcase',
    { name: cell, classname: classname(section, subject), time: '0.000' },
    element(
      'error',
      { type: 'missing', message: 'This cell has no result.' },
      'The run ended before this cell was judged.',
    ),
  )

/** What is wrong with the run and not with a cell. */
function runSuite(results: Results): Element[] {
  const odd = gapsOf(results).filter(({ what }) => what !== 'missing')
  if (results.run.interrupted === undefined && odd.length === 0 && results.results.length > 0) return []
  const message = conclude(results).reasons.join('; ')
  const one = element(
    'testcase',
    { name: 'the run is complete', classname: 'run', time: '0.000' },
    element('error', { type: 'incomplete', message }, message),
  )
  return [
    element(
      'testsuite',
      { name: 'run', ...countCases([one]), time: '0.000', timestamp: results.run.started },
      one,
    ),
  ]
}

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
