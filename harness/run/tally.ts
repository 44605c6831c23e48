import type { CellResult, Results } from '../../reports/schema.ts'
import type { CellMeta } from '../vitest/context.ts'

const key = (subject: string, cell: string): string => `${subject} ${cell}`

/** Results and times as they come in. */
export class Tally {
  readonly #results = new Map<string, CellResult>()
  /** The latest sums of each subject. */
  readonly #sums = new Map<string, CellMeta>()
  readonly #seenAt = new Map<string, { first: number; last: number }>()
  #prepare = 0

  async phase<T>(_: 'prepare', act: () => Promise<T>): Promise<T> {
    const began = performance.now()
    try {
      return await act()
    } finally {
      this.#prepare += performance.now() - began
    }
  }

  /** Takes a cell; false for one that it has: a runner that is cancelled tells of its tests once more. */
  take(meta: CellMeta): boolean {
    const { result } = meta
    if (this.result(result.subject, result.cell) !== undefined) return false
    const now = performance.now()
    this.#results.set(key(result.subject, result.cell), result)
    this.#sums.set(result.subject, meta)
    const first = this.#seenAt.get(result.subject)?.first ?? now - result.milliseconds
    this.#seenAt.set(result.subject, { first, last: now })
    return true
  }

  /** Puts a result in the place of the one that was taken. */
  replace({ result }: CellMeta): void {
    this.#results.set(key(result.subject, result.cell), result)
  }

  result(subject: string, cell: string): CellResult | undefined {
    return this.#results.get(key(subject, cell))
  }

  phases(started: Date, finished: Date): Results['phases'] {
    const sums = [...this.#sums.values()]
    const sum = (of: (meta: CellMeta) => number) => sums.reduce((total, meta) => total + of(meta), 0)
    return {
      prepare: this.#prepare,
      worlds: sum(({ milliseconds }) => milliseconds.worlds),
      probes: sum(({ milliseconds }) => milliseconds.probes),
      judge: sum(({ milliseconds }) => milliseconds.judge),
      report: 0,
      wall: finished.getTime() - started.getTime(),
      worldCount: sum(({ counts }) => counts.worlds),
      probeCount: sum(({ counts }) => counts.probes),
      subjects: Object.fromEntries([...this.#seenAt].map(([name, { first, last }]) => [name, last - first])),
    }
  }
}
