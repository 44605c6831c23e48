import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAllure } from './allure-write.ts'
import { badge, badgeSvg } from './badge.ts'
import type { Comparison } from './baseline/comparison.ts'
import { htmlPieces } from './html/index.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { Results } from './schema.ts'
import { summary } from './summary.ts'
import { writeResults } from './write-results.ts'

export interface WriteOptions {
  /** Write allure-results too; false where the live run already wrote them. Default true. */
  readonly allure?: boolean
  /** The run beside its baseline, for every report; it is written, too. */
  readonly comparison?: Comparison
}

/**
 * Every report of a run into its folder: results.json where it is not there yet (it is immutable),
 * junit.xml, report.md, summary.md, report.html, badge.json, badge.svg, allure-results/, and comparison.json where there is a baseline.
 * Returns the paths, in that order.
 */
export async function writeReports(
  results: Results,
  folder: string,
  options: WriteOptions = {},
): Promise<string[]> {
  await mkdir(folder, { recursive: true })
  const path = (name: string) => join(folder, name)
  await writeResults(results, path('results.json')).catch(unlessThere)
  const { comparison } = options
  const texts: [string, string | Iterable<string>][] = [
    ['junit.xml', junit(results, comparison)],
    ['report.md', markdown(results, comparison)],
    ['summary.md', summary(results, comparison)],
    ['report.html', htmlPieces(results, comparison)],
    ['badge.json', `${JSON.stringify(badge(results))}\n`],
    ['badge.svg', badgeSvg(badge(results))],
    ...(comparison === undefined
      ? []
      : [['comparison.json', `${JSON.stringify(comparison)}\n`] as [string, string]]),
  ]
  for (const [name, text] of texts) await writeFile(path(name), text)
  if (options.allure !== false) writeAllure(results, path('allure-results'))
  const written = ['results.json', ...texts.map(([name]) => name)]
  return [...written, ...(options.allure === false ? [] : ['allure-results'])].map(path)
}

function unlessThere(cause: unknown): void {
  if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
}
