import { identity } from '../../fixtures/pki/leaf.ts'
import type { DialCell } from '../scenario/claim.ts'
import { aliveCheck, check, finding, type Finding } from './check.ts'
import { describe } from './describe.ts'
import type { Evidence } from './evidence.ts'

/** A member that must dial and show one certificate; broken when it shows another one, or none, or speaks in clear. */
export function judgeDial(cell: DialCell, { probe, alive, fingerprints = {} }: Evidence): Finding {
  const dial = probe?.dial
  const wanted = fingerprints[identity(cell.then.shows)]
  const shown = dial?.certificate?.fingerprint
  const right = wanted !== undefined && shown === wanted
  const told = probe === undefined ? 'it was not tried' : describe(probe)
  return finding(
    [
      check('then', dial !== undefined, 'the member dials the new one', told),
      check('then', right, `it shows the certificate of ${cell.then.shows.cn ?? 'no name'}`, told),
      check('then', dial?.inClear === undefined, 'it sends nothing in clear', told),
      aliveCheck('the member', alive),
    ],
    dial !== undefined && ((wanted !== undefined && !right) || dial.inClear !== undefined),
  )
}
