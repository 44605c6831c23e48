import type { UnorderedEnd } from '../../world/unordered-end.ts'
import { printable } from '../../printable.ts'

/** What ended unordered in a world, and the cells that had this world until it went. */
export interface WorldEnd {
  /** In their order; one may have had it more than once. */
  readonly cells: readonly string[]
  readonly end: UnorderedEnd
}

/** Of more others their number is told. */
const othersNamed = 6
/** Characters of a line of the log. */
const lineLength = 200

/**
 * What is to be told of each cell, a sentence for each end. Which of its cells ended a world nobody knows: it is told of all
 * that came out well. Where the last one has seen the end, and came out otherwise for it, all is told already.
 * @param isKept whether a cell came out as promised or as declared
 */
export function endsToTell(
  ends: readonly WorldEnd[],
  isKept: (cell: string) => boolean,
): Map<string, string[]> {
  const told = new Map<string, string[]>()
  for (const { cells, end } of ends) {
    const last = cells.at(-1)
    if (end.seen && last !== undefined && !isKept(last)) continue
    const all = [...new Set(cells)]
    for (const cell of all.filter(isKept)) {
      const others = all.filter((one) => one !== cell)
      told.set(cell, [...(told.get(cell) ?? []), sentenceOf(end, others)])
    }
  }
  return told
}

function sentenceOf({ member, exit, log }: WorldEnd['end'], others: readonly string[]): string {
  const words = log.map((line) => printable(line, lineLength)).join(' ')
  return [
    `${member} ended with exit ${String(exit)} after this cell, without being told to`,
    ...(others.length === 0 ? [] : [`; its world had served ${named(others)} as well`]),
    words === '' ? '; it logged nothing' : `; its last words: ${words}`,
  ].join('')
}

function named(cells: readonly string[]): string {
  const first = cells.slice(0, othersNamed).join(', ')
  return cells.length > othersNamed ? `${first} and ${String(cells.length - othersNamed)} more` : first
}
