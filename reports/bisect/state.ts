import type { CellResult } from '../schema.ts'
import { words } from '../verdicts.ts'

/**
 * What a cell came to, as one word to compare: `pass`, `fail`. Whether that was declared makes no difference. Where
 * the page does not promise it yet or any more, what counts is whether it was seen: `absent`, or `pass` as it is
 * where it is promised.
 */
export function stateOf({ verdict, side }: Pick<CellResult, 'verdict' | 'side'>): string {
  const unpromised = side !== undefined && side.is !== 'since' && side.alike !== true
  if (!unpromised || side.present === undefined || (verdict !== 'pass' && verdict !== 'fail'))
    return words[verdict]
  return side.present ? words.pass : 'absent'
}
