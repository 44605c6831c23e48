import { createHash } from 'node:crypto'
import { Stage, Status } from 'allure-js-commons'
import type { Label, Parameter, StatusDetails, StepResult, TestResult } from 'allure-js-commons'
import { historyLineOf } from './line.ts'
import { declaredText } from './plain-text.ts'
import { sectionOf, slugOf } from './results-view.ts'
import { oneLine, visible } from './sanitize.ts'
import type { CellResult, Check, ClaimRecord, SubjectRecord } from './schema.ts'
import { standingOf } from './verdicts.ts'

const digest = (text: string): string => createHash('md5').update(text).digest('hex')

type Named = Pick<SubjectRecord, 'name' | 'etcd' | 'source'>

/** Ids that stay from run to run. `subjects`: all of the run. */
export const allureIds = (
  cell: string,
  subject: Named,
  subjects?: readonly Named[],
): { readonly testCaseId: string; readonly historyId: string } => ({
  testCaseId: digest(cell),
  historyId: digest(`${cell}\n${historyLineOf(subject, subjects)}`),
})

/** Labels that do not depend on the outcome. */
export function allureLabels(claim: Pick<ClaimRecord, 'id' | 'page'>): Label[] {
  return [
    { name: 'epic', value: claim.page },
    { name: 'feature', value: sectionOf(claim) },
    { name: 'story', value: slugOf(claim) },
  ]
}

/** Where it stands in the tree of tests. */
export const allureTitles = (claim: Pick<ClaimRecord, 'id' | 'page'>): string[] => [
  claim.page,
  sectionOf(claim),
  slugOf(claim),
]

/** Tags that do. */
export function allureTags(result: Pick<CellResult, 'verdict' | 'declared' | 'reused'>): Label[] {
  const standing = standingOf(result)
  const values = [
    result.verdict,
    ...(standing === 'as-declared' ? ['known'] : []),
    ...(standing === 'stale' ? ['stale'] : []),
    ...(result.reused === undefined ? [] : ['reused']),
  ]
  return values.map((value) => ({ name: 'tag', value }))
}

/** A known deviation is a promise that is not kept: failed, and marked as known (see `allureDetails`). */
export const allureStatus = (result: Pick<CellResult, 'verdict' | 'declared'>): Status =>
  ({
    'as-promised': Status.PASSED,
    'as-declared': Status.FAILED,
    'not-applicable': Status.SKIPPED,
    undeclared: Status.FAILED,
    stale: Status.FAILED,
    inconclusive: Status.BROKEN,
  })[standingOf(result)]

/**
 * Subject, line and axes, in that order. Allure 3 knows a test by its `testCaseId` and its parameters, not by
 * `historyId`: the exact build is left out of them (`excluded`), or a new version would have no history.
 */
export const allureParameters = (
  claim: Pick<ClaimRecord, 'cells'>,
  cell: string,
  subject: Named,
  subjects?: readonly Named[],
): Parameter[] => [
  { name: 'subject', value: oneLine(subject.name), excluded: true },
  { name: 'line', value: oneLine(historyLineOf(subject, subjects)) },
  ...Object.entries(claim.cells.find(({ id }) => id === cell)?.at ?? {}).map(([name, value]) => ({
    name,
    value,
  })),
]

/**
 * Allure knows `known` for failures somebody has declared, and accepts them; allure-js-commons has no word for it yet.
 */
export type KnownDetails = StatusDetails & { known?: boolean }

/** Why, in words. */
export function allureDetails(result: CellResult): KnownDetails {
  const standing = standingOf(result)
  if (standing === 'not-applicable') return { message: oneLine(result.notApplicable ?? 'no reason given') }
  if (standing === 'as-promised') return {}
  if (standing === 'as-declared') return { message: visible(declaredText(result)), known: true }
  const message = standing === 'stale' ? declaredText(result) : result.seen
  return { message: visible(message), trace: visible(result.why.join('\n')) }
}

function step(check: Check): StepResult {
  const outcome = check.question === 'then' || check.question === 'printed' || check.question === 'declared'
  return {
    name: oneLine(`${check.question}: ${check.expected}`),
    status: check.met ? Status.PASSED : outcome ? Status.FAILED : Status.BROKEN,
    statusDetails: check.met
      ? {}
      : { message: visible(check.seen), expected: visible(check.expected), actual: visible(check.seen) },
    stage: Stage.FINISHED,
    steps: [],
    attachments: [],
    parameters: [{ name: 'seen', value: oneLine(check.seen) }],
  }
}

/** Every check is a step. */
export const allureSteps = (result: Pick<CellResult, 'checks'>): StepResult[] => result.checks.map(step)

/** The pure mapping of one result. `uuid` is stable for a cell on a subject; the writer adds the run. */
export function allureResult(
  result: CellResult,
  claim: ClaimRecord,
  subject: SubjectRecord,
  subjects: readonly SubjectRecord[] = [subject],
): TestResult {
  const start = result.probe === undefined ? undefined : Date.parse(result.probe.at)
  const at =
    start === undefined || Number.isNaN(start) ? {} : { start, stop: Math.round(start + result.milliseconds) }
  return {
    uuid: digest(`${result.cell}\n${subject.name}`),
    ...allureIds(result.cell, subject, subjects),
    name: result.cell,
    fullName: result.cell,
    titlePath: allureTitles(claim),
    description: claim.says,
    status: allureStatus(result),
    statusDetails: allureDetails(result),
    stage: Stage.FINISHED,
    labels: [...allureLabels(claim), ...allureTags(result)],
    links: [],
    parameters: allureParameters(claim, result.cell, subject, subjects),
    steps: allureSteps(result),
    attachments: [],
    ...at,
  }
}
