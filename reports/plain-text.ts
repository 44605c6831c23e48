import { membersSeen } from './members-seen.ts'
import { reasonsOf } from './reasons.ts'
import { reusedText } from './reused.ts'
import type { CellResult } from './schema.ts'
import { timelineLines } from './timeline.ts'
import { words } from './verdicts.ts'

/** Log lines of the probe and of its control, as etcd wrote them. */
export const logLines = ({ probe, control, without }: CellResult): string[] =>
  [probe, control, without].flatMap((observation) => observation?.log.map(({ raw }) => raw) ?? [])

/** A result as text for reports that have one box for everything. Not escaped: the report does that. */
export function plainText(result: CellResult): string {
  const unmet = result.checks.filter(({ met }) => !met)
  return [
    `promised: ${result.promised}`,
    `seen: ${result.seen}`,
    ...reasonsOf(result).map((why) => `why: ${why}`),
    ...(result.reused === undefined ? [] : [reusedText(result) ?? '']),
    ...unmet.map(({ question, expected, seen }) => `${question}: expected ${expected}, seen ${seen}`),
    ...membersSeen(result),
    ...timelineLines(result).map((line) => `timeline: ${line}`),
    ...logLines(result).map((line) => `log: ${line}`),
    ...(result.evidence === undefined ? [] : [`evidence: ${result.evidence}`]),
    ...(result.byHand.length > 0 ? ['by hand:', ...result.byHand] : []),
  ].join('\n')
}

/** What a declaration says, in one sentence; what became of it when it is stale. */
export function declaredText({ declared, verdict }: Pick<CellResult, 'declared' | 'verdict'>): string {
  if (declared === undefined) return ''
  const said = `declared as ${declared.verdict} for ${declared.builds}: ${declared.why}`
  if (!declared.stale) return `known deviation, ${said}`
  const now =
    verdict === 'pass'
      ? 'the promise is kept'
      : `the verdict is ${words[verdict]}, and not on the declared evidence (${declared.evidence})`
  return `stale, ${said} — but ${now}: take the declaration out or correct it`
}
