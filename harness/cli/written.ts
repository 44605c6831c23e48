import { existsSync } from 'node:fs'
import { isAbsolute, join, relative } from 'node:path'

const beside = [
  'report.md',
  'summary.md',
  'junit.xml',
  'results.json',
  'comparison.json',
  'badge.svg',
  'allure-results/',
  'evidence/',
]

/**
 * Says where the reports are: the page to open, and the other files of its folder that are there.
 * @param out the run's folder, absolute
 * @param cwd the page's path is relative to this folder when it is below it
 */
export function written(out: string, cwd: string): string[] {
  const there = beside.filter((name) => existsSync(join(out, name)))
  return [`Open ${asTyped(join(out, 'report.html'), cwd)}`, `in the same folder: ${there.join(' ')}`]
}

/** A path as somebody in `cwd` would type it: relative where it is below. @param path absolute */
export function asTyped(path: string, cwd: string): string {
  const short = relative(cwd, path)
  return isAbsolute(short) || short.startsWith('..') ? path : short
}
