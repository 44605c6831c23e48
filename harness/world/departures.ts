/** What can be taken away. Errors: HarnessError `not-removed`. */
interface Leaver {
  remove(): Promise<void>
}

/** Takes away what held network namespaces, one after the other: `sweepEngine` says why. */
export class Departures {
  #last: Promise<void> = Promise.resolve()
  #stayed: Error | undefined

  /** Ends when its turn has come and it is gone, or cannot go. */
  add(leaver: Leaver): Promise<void> {
    this.#last = this.#last
      .then(() => leaver.remove())
      .catch((error: unknown) => void (this.#stayed ??= error as Error))
    return this.#last
  }

  /** Ends when all are gone. Errors: HarnessError `not-removed`, the first there was. */
  async over(): Promise<void> {
    for (let seen; seen !== this.#last;) {
      seen = this.#last
      await seen
    }
    if (this.#stayed !== undefined) throw this.#stayed
  }
}
