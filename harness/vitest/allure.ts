import * as allure from 'allure-js-commons'
import { allureIds, allureLabels, allureParameters, allureSteps, allureTags } from '../../reports/allure.ts'
import type { CellResult } from '../../reports/schema.ts'
import { claimRecord } from '../run/records.ts'
import type { CatalogueCell } from '../run/catalogue.ts'
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
  for (const { name, value } of allureParameters(claim, cell.cellId, subject))
    await allure.parameter(name, value)
  for (const { name, status } of allureSteps(result)) await allure.logStep(name ?? 'check', status)
}
