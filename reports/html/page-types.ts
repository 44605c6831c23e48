import type { dialPairs, FormRow, joinPairs } from '../members-seen.ts'
import type { CellResult, Check, Observation, WorldRecord } from '../schema.ts'
import type { TimelineRow, TimelineView } from '../timeline.ts'
import type { Standing } from '../verdicts.ts'
import type { Sequence } from './sequence/sequence.ts'

/** What the page's script reads of one cell: its evidence as it is shown. */
export interface CellData extends Omit<
  CellResult,
  'declared' | 'health' | 'probe' | 'control' | 'again' | 'without' | 'world' | 'log' | 'timeline' | 'checks'
> {
  readonly checks: readonly Check[]
  /** Why a refusal is the right one. */
  readonly rightly?: string | undefined
  readonly standing: Standing
  readonly sequence?: Sequence | undefined
  readonly declared?: string
  readonly declaredEvidence?: string
  readonly probe?: SeenData
  readonly control?: SeenData
  readonly again?: SeenData
  readonly without?: SeenData
  readonly timeline?: TimelineData
  readonly health?: readonly string[]
  readonly log?: readonly string[]
  readonly world?: WorldData
}

export type CertificateData = NonNullable<NonNullable<Observation['tls']>['server']> &
  Partial<Pick<WorldRecord['certificates'][number], 'role' | 'usages'>>

export interface SeenData extends Omit<Observation, 'log' | 'join' | 'form' | 'dial' | 'tls'> {
  readonly log: readonly string[]
  readonly join?: {
    readonly who: string
    readonly pairs: ReturnType<typeof joinPairs>
    readonly said: readonly string[]
  }
  readonly form?: readonly FormRow[]
  readonly dial?: {
    readonly pairs: ReturnType<typeof dialPairs>
    readonly certificate?: CertificateData | undefined
  }
  readonly tls?: Omit<NonNullable<Observation['tls']>, 'server'> & {
    readonly server?: CertificateData | undefined
  }
}

export interface WorldData {
  readonly members: readonly Omit<WorldRecord['members'][number], 'set'>[]
  readonly zone?: string | undefined
  readonly certificates: readonly CertificateData[]
}

export interface TimelineData extends Omit<TimelineView, 'rows'> {
  readonly rows: readonly (TimelineRow & { readonly title: string; readonly seen?: SeenData })[]
}

/** A cell on a subject, as places in the index. */
export interface CellRef {
  readonly claim: number
  readonly subject: number
  /** Among all cells of all claims. */
  readonly cell: number
}
