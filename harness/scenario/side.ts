import { numberOf, stepAhead, stepBehind } from '../../fixtures/step.ts'
import type { Versions } from './claim.ts'

/** Where a build stands to the releases that the page names. */
export interface Side {
  /** `since`: the page promises it for this build. On all others it must be absent. */
  readonly is: 'since' | 'before' | 'excepted' | 'after'
  /** The release: the one to reach, the one that was reached, the excepted one, or that of the end. */
  readonly step: string
}

/** The side of a build, or undefined where the page names no release. Throws TypeError for text that is no version. */
export function sideOf({ since, except = [], until }: Versions, etcd: string): Side | undefined {
  const steps = since === undefined ? [] : [since].flat()
  const ends = until === undefined ? [] : [until].flat()
  if (steps.length === 0 && ends.length === 0) return undefined
  const version = numberOf(etcd)
  if (except.includes(version)) return { is: 'excepted', step: version }
  const ahead = stepAhead(version, steps)
  if (ahead !== undefined) return { is: 'before', step: ahead }
  if (ends.length > 0 && stepAhead(version, ends) === undefined)
    return { is: 'after', step: stepBehind(version, ends) ?? version }
  return { is: 'since', step: stepBehind(version, steps) ?? version }
}
