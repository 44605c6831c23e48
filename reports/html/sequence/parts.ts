import { queryText, type Query } from '../../members-seen.ts'
import type { Observation } from '../../schema.ts'

/** One arrow, or a note where both ends are the same actor. */
export interface Step {
  readonly from: string
  readonly to: string
  readonly text: string
  readonly tone?: 'no' | 'yes' | 'answer'
}

/** A member's name for its address. */
export type Names = (address: string) => string
type Log = Observation['log']

const dnsServer = 'DNS'

export const note = (at: string, text: string, tone?: Step['tone']): Step => ({
  ...{ from: at, to: at, text },
  ...(tone !== undefined && { tone }),
})
export const arrow = (from: string, to: string, text: string, tone?: Step['tone']): Step => ({
  ...{ from, to, text },
  ...(tone !== undefined && { tone }),
})

/** Which check said no, in etcd's own words. */
export function saidNo(log: Log, at: string): Step[] {
  const reasons = new Set(log.flatMap(({ error }) => error ?? []))
  return [...reasons].slice(0, mostLines).map((reason) => note(at, `${voice(reason)}: ${reason}`, 'no'))
}
/** Go says so of an alert that the other side sent. */
const voice = (reason: string): string => (/\bremote error: /.test(reason) ? 'is told no' : 'says no')
const mostLines = 3

/** Questions and answers; the same question is drawn once. */
export function dnsSteps(dns: readonly Query[] = [], names: Names): Step[] {
  const same = [...Map.groupBy(dns, (query) => `${query.from} ${queryText(query)}`).values()]
  const shown = same.slice(0, mostQuestions).flatMap(([query, ...more]) => {
    if (query === undefined) return []
    const who = names(query.from)
    const times = more.length === 0 ? '' : `, ${String(more.length + 1)} times`
    return [
      arrow(who, dnsServer, `${query.type} ${query.name}${times}`),
      query.rcode === '-'
        ? note(dnsServer, 'no answer', 'no')
        : arrow(dnsServer, who, query.rcode, query.rcode === 'NOERROR' ? 'answer' : 'no'),
    ]
  })
  const left = same.length - mostQuestions
  return left > 0 ? [...shown, note(dnsServer, `and ${String(left)} more questions, listed below`)] : shown
}
const mostQuestions = 6

export const exitText = (exit: number | undefined): string =>
  exit === undefined ? '' : `, exit ${String(exit)}`
