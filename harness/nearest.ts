/** `; the nearest is "x"` when one of the names is near enough to be meant, else nothing. */
export function nearestTo(text: string, names: readonly string[]): string {
  const [best] = names
    .map((name) => ({ name, edits: distance(text.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits)
  const near = best !== undefined && best.edits <= Math.max(2, text.length / 2)
  return near ? `; the nearest is "${best.name}"` : ''
}

/** Levenshtein's: letters to add, take away or change. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, n) => n)
  for (const [n, letter] of [...from].entries()) {
    const next = [n + 1]
    for (let m = 0; m < to.length; m += 1) {
      const changed = (row[m] ?? 0) + (to[m] === letter ? 0 : 1)
      next.push(Math.min(changed, (row[m + 1] ?? 0) + 1, (next[m] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
