/**
 * What one point of the history comes to, as a word that can be compared; undefined where it cannot be told
 * (inconclusive, not to be built). Asked once per point.
 */
export type Tell = (point: number) => Promise<string | undefined>

/** Two points next to each other, of those that can be told, that differ. */
export interface Step {
  readonly before: number
  readonly after: number
  /** Points between the two that could not be told: the change may lie at any of them. */
  readonly untold: readonly number[]
}

export interface Halved {
  /** Point → what it came to, for those that were asked and could be told. */
  readonly told: ReadonlyMap<number, string>
  readonly steps: readonly Step[]
}

/**
 * Finds where a history changes, by halving. Both ends must be told. Where a point in the middle is like neither
 * side, both of its sides are halved. A point that cannot be told is left out, never taken for a side: its nearest
 * neighbour is asked. Between equal points nothing is asked, so a history that goes back and forth may have steps
 * that are not found; `every` asks all points.
 * @param count points, at least two; the ends are the first and the last
 */
export async function halve(count: number, tell: Tell, every = false): Promise<Halved> {
  const told = new Map<number, string>()
  const asked = new Set<number>()
  const ask = async (point: number): Promise<void> => {
    asked.add(point)
    const state = await tell(point)
    if (state !== undefined) told.set(point, state)
  }
  for (const end of [0, count - 1]) {
    await ask(end)
    if (!told.has(end)) throw new TypeError(`point ${String(end)} is an end and cannot be told`)
  }
  for (let next = 1; ;) {
    const point = every ? firstNotIn(asked, next, count - 1) : middleOf(told, asked)
    if (point === undefined) return { told, steps: stepsOf(told) }
    await ask(point)
    next = every ? point + 1 : next
  }
}

const firstNotIn = (asked: ReadonlySet<number>, from: number, end: number): number | undefined => {
  for (let point = from; point < end; point += 1) if (!asked.has(point)) return point
  return undefined
}

/** The point to ask next: nearest to the middle of the first step that has points left. */
function middleOf(told: ReadonlyMap<number, string>, asked: ReadonlySet<number>): number | undefined {
  for (const { before, after } of stepsOf(told)) {
    const middle = (before + after) / 2
    const open = range(before, after).filter((point) => !asked.has(point))
    const [nearest] = open.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
    if (nearest !== undefined) return nearest
  }
  return undefined
}

/** Adjacent points, of those that are told, that differ. */
function stepsOf(told: ReadonlyMap<number, string>): Step[] {
  const points = [...told.keys()].toSorted((a, b) => a - b)
  return points.flatMap((after, n) => {
    const before = points[n - 1]
    if (before === undefined || told.get(before) === told.get(after)) return []
    return [{ before, after, untold: range(before, after) }]
  })
}

/** The points strictly between. */
const range = (before: number, after: number): number[] =>
  Array.from({ length: after - before - 1 }, (_, n) => before + 1 + n)
