import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a file of Allure results holds, as far as both writers say it. */
interface AllureResult {
  readonly historyId: string
  readonly testCaseId: string
  readonly name: string
  readonly fullName: string
  readonly titlePath: readonly string[]
  readonly status: string
  readonly statusDetails: { readonly message?: string; readonly trace?: string; readonly known?: boolean }
  readonly description: string
  readonly labels: readonly { readonly name: string; readonly value: string }[]
  readonly parameters: readonly {
    readonly name: string
    readonly value: string
    readonly excluded?: boolean
  }[]
  readonly steps: readonly { readonly name: string; readonly status: string }[]
}

/** What must be the same by the live writer and by that of stored results, by history id. */
export async function readAllure(run: string): Promise<Map<string, unknown>> {
  const path = join(run, 'allure-results')
  const names = (await readdir(path)).filter((name) => name.endsWith('-result.json'))
  const all = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(path, name), 'utf8')) as AllureResult),
  )
  return new Map(all.map(compared).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function compared(one: AllureResult): [string, unknown] {
  const { historyId, testCaseId, name, fullName, titlePath, status, statusDetails, description } = one
  const labels = one.labels.filter((label) => ['epic', 'feature', 'story', 'tag'].includes(label.name))
  return [
    historyId,
    {
      ...{ testCaseId, name, fullName, titlePath, status, statusDetails, description },
      labels: labels.map((label) => `${label.name}=${label.value}`).sort(),
      parameters: one.parameters
        .map((parameter) => `${parameter.name}=${parameter.value} ${String(parameter.excluded ?? false)}`)
        .sort(),
      steps: one.steps.map((step) => `${step.status} ${step.name}`),
    },
  ]
}
