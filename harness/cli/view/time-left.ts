/**
 * Milliseconds. Before this much was seen, and before this share of the work is done, a guess would be nonsense: the first
 * cells wait for their worlds (72 cells of 40 s were said to take three minutes after the first three).
 */
const soonest = 5000
const leastShare = 0.1
/** How much a new estimate counts against the one that has been counting down; the rest keeps the number from jumping. */
const trust = 0.1

/**
 * How long a run will yet take: what is left of its weight, at the pace that was seen. Cells come in bursts, as worlds
 * do, so the estimate counts down by the clock and is only drawn towards the pace.
 */
export class TimeLeft {
  readonly #now: () => number
  readonly #weights: ReadonlyMap<string, number>
  #subjects = 0
  #began: number | undefined
  #done = 0
  #left: { readonly at: number; readonly milliseconds: number } | undefined

  /** @param weights cell → what it costs, in any unit @param now milliseconds */
  constructor(weights: ReadonlyMap<string, number>, now: () => number = () => performance.now()) {
    this.#weights = weights
    this.#now = now
  }

  /** One more subject will be asked every cell. Preparing is over with the last one, and its time tells nothing. */
  addSubject(): void {
    this.#subjects += 1
    this.begin()
  }

  /** What came before is not of the pace. */
  begin(): void {
    if (this.#done === 0) this.#began = this.#now()
  }

  take(cell: string): void {
    this.#done += this.#weights.get(cell) ?? 0
    const fresh = this.#estimate()
    if (fresh === undefined) return
    const old = this.#counted()
    this.#left = { at: this.#now(), milliseconds: old === undefined ? fresh : old + trust * (fresh - old) }
  }

  /** `about 40 s left`; undefined where nothing can be said. */
  text(): string | undefined {
    const left = this.#counted()
    return left === undefined ? undefined : inWords(left)
  }

  #estimate(): number | undefined {
    const total = this.#subjects * [...this.#weights.values()].reduce((sum, one) => sum + one, 0)
    const passed = this.#now() - (this.#began ?? this.#now())
    if (total === 0 || passed < soonest || this.#done < leastShare * total) return undefined
    return (passed * Math.max(0, total - this.#done)) / this.#done
  }

  #counted(): number | undefined {
    if (this.#left === undefined) return undefined
    return Math.max(0, this.#left.milliseconds - (this.#now() - this.#left.at))
  }
}

/** No more exact than an estimate is: by 5 s below a minute, by minutes above two. */
function inWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 5000) * 5
  if (seconds <= 5) return 'a few seconds left'
  if (seconds < 60) return `about ${String(seconds)} s left`
  if (seconds <= 90) return 'about a minute left'
  return `about ${String(Math.round(seconds / 60))} min left`
}
