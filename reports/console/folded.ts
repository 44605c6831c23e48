import type { Results } from '../schema.ts'
import { signs, standingOf } from '../verdicts.ts'
import { wrap } from './lines.ts'
import { painter, styleOf, type ConsoleOptions } from './paint.ts'

/** What is as declared but no broken promise, and what does not apply: counted here, told in the report. */
export function foldedText(results: Results, { color, columns = 80 }: ConsoleOptions): string {
  const paint = painter(color)
  const drifts = results.results.filter(
    (result) => result.verdict === 'drift' && standingOf(result) === 'as-declared',
  )
  const outside = results.results.filter((result) => standingOf(result) === 'not-applicable')
  const lines = [
    drifts.length === 0
      ? ''
      : `${paint(styleOf.drift, `${signs.drift}*`)} ${wrap(driftText(drifts.length, countOf(drifts, 'claim')), columns, '  ')}`,
    outside.length === 0
      ? ''
      : `${paint(styleOf['not-applicable'], signs['not-applicable'])} ${wrap(outsideText(outside.length, countOf(outside, 'notApplicable')), columns, '  ')}`,
  ]
  return lines.filter((line) => line !== '').join('\n')
}

const countOf = <K extends string>(found: readonly Partial<Record<K, string>>[], key: K): number =>
  new Set(found.map((one) => one[key])).size

const driftText = (cells: number, claims: number): string =>
  `${many(cells, 'cell')} of ${many(claims, 'claim')} ${cells === 1 ? 'drifts' : 'drift'} as declared: the promise is kept, what the page prints differs (why: in the report)`

const outsideText = (cells: number, reasons: number): string =>
  `${many(cells, 'cell')} ${cells === 1 ? 'does' : 'do'} not apply, for ${many(reasons, 'reason')} (in the report)`

const many = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`
