import type { CellResult } from '../../../reports/index.ts'
import type { Judgement } from '../../judge/judge.ts'

/** What a declaration says of such builds. */
export const reasonOf = ({ declared }: Pick<CellResult, 'declared'>): readonly (string | undefined)[] => [
  declared?.builds,
  declared?.why,
]

/** What a verdict is worth, and on which side of a step. */
type Standing = Pick<Judgement, 'verdict'> & {
  declared?: string
  stale?: boolean
  side?: string
  present?: boolean
}

/** What two judgements are compared by: how they put it may change. */
export const standing = ({
  verdict,
  declared,
  side,
}: Pick<CellResult, 'verdict' | 'declared' | 'side'>): Standing => ({
  verdict,
  ...(declared && { declared: declared.verdict, stale: declared.stale }),
  ...(side && { side: `${side.is} ${side.step}` }),
  ...(side?.present !== undefined && { present: side.present }),
})

export const inWords = ({ verdict, declared, stale, side }: Standing): string =>
  [
    verdict,
    ...(declared === undefined ? [] : [stale === true ? 'its declaration stale' : `declared ${declared}`]),
    ...(side === undefined ? [] : [side]),
  ].join(', ')
