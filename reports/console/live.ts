import { oneLine } from '../sanitize.ts'
import { verdicts } from '../schema.ts'
import { signs } from '../verdicts.ts'
import type { Counts } from '../verdicts.ts'
import { painter, styleOf } from './paint.ts'
import type { ConsoleOptions } from './paint.ts'

/** One section of the live view: `security/https  ✔ 5  ✘ 1  6/9`. `total`: how many are expected, where known. */
export function liveLine(
  section: string,
  counts: Counts,
  options: ConsoleOptions & { readonly total?: number },
): string {
  const paint = painter(options.color)
  const told = verdicts.filter((verdict) => counts[verdict] > 0)
  const parts = told.map((verdict) => paint(styleOf[verdict], `${signs[verdict]} ${String(counts[verdict])}`))
  const marks = [
    ...(counts.declared > 0 ? [paint('dim', `* ${String(counts.declared)}`)] : []),
    ...(counts.stale > 0 ? [paint(styleOf.fail, `! ${String(counts.stale)}`)] : []),
  ]
  const progress =
    options.total === undefined ? String(counts.total) : `${String(counts.total)}/${String(options.total)}`
  return [oneLine(section).padEnd(30), ...parts, ...marks, paint('dim', progress)].join('  ')
}
