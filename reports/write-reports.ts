import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAllure } from './allure-write.ts'
import { html } from './html/index.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { Results } from './schema.ts'
import { writeResults } from './write-results.ts'

export interface WriteOptions {
  /** Write allure-results too; false where the live run already wrote them. Default true. */
  readonly allure?: boolean
}

/**
 * Every report of a run into its folder: results.json where it is not there yet (it is immutable),
 * junit.xml, report.md, report.html, allure-results/. Returns the paths, in that order.
 */
export async function writeReports(
  results: Results,
  folder: string,
  options: WriteOptions = {},
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const path = (name: string) => join(folder, name)
  await writeResults(results, path('results.json')).catch(unlessThere)
  await writeFile(path('junit.xml'), junit(results))
  await writeFile(path('report.md'), markdown(results))
  await writeFile(path('report.html'), html(results))
  const written = ['results.json', 'junit.xml', 'report.md', 'report.html'].map(path)
  if (options.allure === false) return written
  writeAllure(results, path('allure-results'))
  return [...written, path('allure-results')]
}

function unlessThere(cause: unknown): void {
  if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
}
