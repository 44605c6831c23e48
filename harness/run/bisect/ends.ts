import type { Bisection } from '../../../reports/bisect/schema.ts'
import { stateOf } from '../../../reports/bisect/state.ts'
import { HarnessError } from '../../errors.ts'
import type { End } from './history.ts'
import { isPlayed, type Played, type Plays } from './plays.ts'

/** Plays an end. Errors: that of a build that cannot be had; `inconclusive-end`. */
export async function end(
  asked: string,
  cells: readonly string[],
  plays: Plays,
  say: (text: string) => void,
): Promise<Played> {
  say(`playing ${asked}`)
  const play = await plays.of(asked, cells)
  if (!isPlayed(play)) throw play.error
  const open = [...play.results.values()].find(({ verdict }) => verdict === 'inconclusive')
  if (open === undefined) return play
  throw new HarnessError(
    'inconclusive-end',
    `${open.cell} is inconclusive on ${asked} (${open.why[0] ?? open.seen}); an end of a bisection must be told.`,
  )
}

export const endOf = (asked: string, { subject: { etcd, go } }: Played): End => ({ asked, etcd, go })

/** Cells that differ between the ends, and those that do not. */
export function compared(
  cells: readonly string[],
  from: Played,
  to: Played,
): [string[], Bisection['unchanged']] {
  const of = (play: Played, cell: string) => {
    const result = play.results.get(cell)
    if (result === undefined) throw new TypeError(`${cell} has no result`)
    return result
  }
  const changed = cells.filter((cell) => stateOf(of(from, cell)) !== stateOf(of(to, cell)))
  const same = cells.filter((cell) => !changed.includes(cell)).map((cell) => of(to, cell))
  return [
    changed,
    same.map((result) => {
      const { cell, notApplicable: why } = result
      return { cell, state: stateOf(result), ...(why !== undefined && { why }) }
    }),
  ]
}
