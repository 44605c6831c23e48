import type { RefusalReason } from '../../fixtures/refusals.ts'

/** `good` and `bad` are known, `open` cannot be told from what was given, `idle` is not asked in this case. */
export type Mark = 'good' | 'bad' | 'open' | 'idle'

export type CheckId =
  | 'start'
  | 'tls'
  | 'version'
  | 'cipher'
  | 'demanded'
  | 'readable'
  | 'critical'
  | 'validity'
  | 'name'
  | 'chain'
  | 'usage'
  | 'key'
  | 'common-name'
  | 'host-name'
  | 'address'
  | 'revoked'
  | 'whitelist'

/** A promise of a page. */
export interface Promised {
  /** Id of the claim. */
  readonly claim: string
  /** The page's heading. */
  readonly section: string
  /** etcd does something else than the page says, and what was found is what it does. */
  readonly unkept?: true
}

/** One thing that one side looks at. */
export interface Check {
  readonly id: CheckId
  readonly mark: Mark
  /** What was found, one sentence without its capital and its full stop. */
  readonly why: string
  /** What to change, likewise; with `bad` always. */
  readonly mend?: string
  readonly promised?: Promised
  /** Name in the table of refusals: what etcd sends and logs for it. */
  readonly reason?: RefusalReason
  /** Questions to the DNS, in the order in which etcd asks them. */
  readonly asks?: readonly string[]
  /** This is the check that turns the connection away. */
  readonly decides?: true
}

export type Verdict = 'accepted' | 'refused' | 'cannot tell'

/** What one side makes of the certificate of the other. */
export interface Judgement {
  readonly id: 'etcd' | 'client' | 'member' | 'newcomer' | 'member-dials' | 'newcomer-answers'
  readonly title: string
  readonly verdict: Verdict
  readonly checks: readonly Check[]
  /** What the refused side sees, and what etcd logs, where the tables say. */
  readonly sees?: string
}

export interface Explanation {
  readonly etcd: string
  readonly go: string
  readonly verdict: Verdict
  readonly judgements: readonly Judgement[]
  /** What was taken for granted because nobody said it. */
  readonly assumed: readonly string[]
}

export function verdictOf(checks: readonly Pick<Check, 'mark'>[]): Verdict {
  if (checks.some(({ mark }) => mark === 'bad')) return 'refused'
  return checks.some(({ mark }) => mark === 'open') ? 'cannot tell' : 'accepted'
}

/** Of several sides that must all agree. */
export function together(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('refused')) return 'refused'
  return verdicts.includes('cannot tell') ? 'cannot tell' : 'accepted'
}

/** Marks the first check that says no. */
export function decided(checks: readonly Check[]): readonly Check[] {
  const first = checks.findIndex(({ mark }) => mark === 'bad')
  return checks.map((check, n) => (n === first ? { ...check, decides: true } : check))
}
