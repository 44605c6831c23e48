import type { Bisection } from '../../../reports/bisect/schema.ts'
import { stateOf } from '../../../reports/bisect/state.ts'
import type { History } from './history.ts'
import type { Played } from './plays.ts'
import type { Found } from './steps.ts'
import { isTold } from './teller.ts'

/** Every point with what is known of it, whichever cell asked. */
export function historyRecord(
  { points }: History,
  found: readonly Found[],
  [from, to]: readonly [Played, Played],
): Bisection['history'] {
  return points.map(({ asked, missing }, n) => {
    const told = found.flatMap(({ cell, told }) => {
      const one = told.get(n)
      return one === undefined ? [] : [{ cell, one }]
    })
    const end = n === 0 ? from : n === points.length - 1 ? to : undefined
    const subject = end?.subject.name ?? told.flatMap(({ one }) => (isTold(one) ? [one.subject] : []))[0]
    const untold =
      missing ?? told.flatMap(({ one }) => (isTold(one) ? [] : [`${one.untold.kind}: ${one.untold.why}`]))[0]
    return {
      asked,
      ...(subject !== undefined && { subject }),
      states: Object.fromEntries(
        told.flatMap(({ cell, one }) => (isTold(one) ? [[cell, stateOf(one.result)]] : [])),
      ),
      ...(untold !== undefined && { untold }),
    }
  })
}
