import * as allure from 'allure-js-commons'
import type { LifecycleListener } from 'allure-js-commons/sdk/reporter'
import {
  allureDetails,
  allureIds,
  allureLabels,
  allureParameters,
  allureStatus,
  allureSteps,
  allureTags,
  allureTitles,
} from '../../reports/allure.ts'
import type { CellResult } from '../../reports/schema.ts'
import { claimRecord } from '../run/catalogue/records.ts'
import type { CatalogueCell } from '../run/catalogue/cells.ts'
import type { Subject } from '../subject/subject.ts'

/** Tells Allure of the running test what reports written from stored results say too: ids, labels, parameters. */
export async function describeToAllure(
  cell: CatalogueCell,
  subject: Subject,
  subjects: readonly Subject[],
  result: CellResult,
): Promise<void> {
  const claim = claimRecord([cell])
  const { testCaseId, historyId } = allureIds(cell.cellId, subject, subjects)
  await allure.testCaseId(testCaseId)
  await allure.historyId(historyId)
  await allure.displayName(cell.cellId)
  await allure.description(claim.says)
  await allure.labels(...allureLabels(claim), ...allureTags(result))
  for (const { name, value, excluded } of allureParameters(claim, cell.cellId, subject, subjects))
    await allure.parameter(name, value, excluded === undefined ? {} : { excluded })
  for (const { name, status } of allureSteps(result)) await allure.logStep(name ?? 'check', status)
}

/**
 * What a test cannot say of itself, told as its result is written: that a deviation is known, and names that hold
 * neither the version nor a path of this host.
 */
export class AllureOutcomes implements LifecycleListener {
  readonly #results = new Map<string, CellResult>()
  readonly #subjects: readonly Subject[]

  /** @param subjects all of the run */
  constructor(subjects: readonly Subject[]) {
    this.#subjects = subjects
  }

  take(result: CellResult): void {
    const subject = this.#subjects.find(({ name }) => name === result.subject)
    if (subject !== undefined)
      this.#results.set(allureIds(result.cell, subject, this.#subjects).historyId, result)
  }

  readonly beforeTestResultWrite: NonNullable<LifecycleListener['beforeTestResultWrite']> = (written) => {
    const result = this.#results.get(written.historyId ?? '')
    if (result === undefined) return
    const page = result.claim.slice(0, result.claim.indexOf('/'))
    written.status = allureStatus(result)
    written.statusDetails = allureDetails(result)
    written.fullName = result.cell
    written.titlePath = allureTitles({ id: result.claim, page })
  }
}
