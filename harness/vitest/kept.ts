import type { CellResult } from '../../reports/schema.ts'

/** The build does as promised, or as declared. */
export function isKept({ verdict, declared }: CellResult): boolean {
  if (declared !== undefined) return !declared.stale
  return verdict === 'pass' || verdict === 'not-applicable'
}

/** Promised, seen and why, for a runner that shows only text. */
export const explain = (result: CellResult): string =>
  [
    `${result.verdict}${result.declared?.stale ? ' (stale declaration)' : ''}`,
    `promised: ${result.promised}`,
    `seen: ${result.seen}`,
    ...result.why.map((why) => `why: ${why}`),
    ...(result.declared?.stale ? [`declared ${result.declared.verdict}: ${result.declared.evidence}`] : []),
  ].join('\n')
