import { HarnessError } from '../errors.ts'

/**
 * What is being done in a world. Whoever waits for it may give it up, and then it goes on unheard: what it starts would stand
 * at an address that the next world has.
 */
export class Ongoing {
  readonly #all = new Set<Promise<unknown>>()
  #closed = false

  /** Errors: those of the act; HarnessError `world-over` once the world goes. */
  async run<T>(act: () => Promise<T>): Promise<T> {
    if (this.#closed)
      throw new HarnessError('world-over', 'The world is being taken away: nothing is begun in it any more.')
    const doing = act()
    this.#all.add(doing)
    return doing.finally(() => this.#all.delete(doing))
  }

  /** From now on nothing is begun. Ends when all that was begun has ended, however it did. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#all)
  }
}
