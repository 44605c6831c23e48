import type { LogBook } from './log-book.ts'

/** Refusals of one address after which its members are not waited for any longer. */
const enough = 3

/**
 * Members that start together. Where one turns another away again and again they will not become a cluster: then
 * nobody goes on waiting for any of them.
 */
export class Together {
  readonly #giveUp = new AbortController()
  readonly #addresses: ReadonlySet<string>
  readonly #missing: Set<string>
  readonly #all = Promise.withResolvers<undefined>()

  /** Names of the members, and the addresses that each dials from. */
  constructor(members: Readonly<Record<string, string>>) {
    this.#addresses = new Set(Object.values(members))
    this.#missing = new Set(Object.keys(members))
  }

  /** Said of each member once: it runs, or could not be started. */
  begun(name: string): void {
    this.#missing.delete(name)
    if (this.#missing.size === 0) this.#all.resolve(undefined)
  }

  /** Each runs or could not be started: before that nobody has a cluster to serve, however long it runs. */
  all(): Promise<undefined> {
    return this.#all.promise
  }

  /** Aborted when waiting is of no use any more. */
  get hopeless(): AbortSignal {
    return this.#giveUp.signal
  }

  /** Listens to what one of them logs, for `limit` milliseconds. */
  listen(log: LogBook, limit: number): void {
    const counts = new Map<string, number>()
    const third = log.waitFor(
      ({ message, error, remoteAddress = '' }) => {
        if (
          !message.startsWith('rejected connection') ||
          error === 'EOF' ||
          !this.#addresses.has(remoteAddress)
        )
          return false
        counts.set(remoteAddress, (counts.get(remoteAddress) ?? 0) + 1)
        return counts.get(remoteAddress) === enough
      },
      { limit, signal: this.hopeless },
    )
    void third.then((line) => line && this.#giveUp.abort())
  }
}
