import type { CellResult } from './schema.ts'

const seenMark = '; seen: '

/**
 * The reasons of a verdict, each once: what came out the same when the probe was made again is told with the first.
 */
export function reasonsOf({ why }: Pick<CellResult, 'why'>): string[] {
  const told: { expected: string; seen: string; text: string; again: boolean }[] = []
  for (const text of why) {
    const [expected = '', seen = ''] = text.split(seenMark, 2)
    const same = told.find((one) =>
      /\bagain$/.test(expected) ? one.seen === seen && seen !== '' : one.expected === expected,
    )
    if (same === undefined) told.push({ expected, seen, text, again: false })
    else same.again = true
  }
  return told.map(({ text, again }) => (again ? `${text} (both times)` : text))
}
