import { once } from './once.ts'

/** An address that one process has at a time. */
export interface AddressLease {
  readonly address: string
  /** To be called when its process is gone. */
  giveBack(): void
}

/**
 * Addresses that worlds borrow. Lines of a log are told apart by the address that they name: so a world is given one
 * that it did not have, or what it had longest ago.
 */
export class AddressTurns {
  readonly #free: string[]
  readonly #more: () => string

  /** `more`: where all are lent. */
  constructor(addresses: readonly string[], more: () => string) {
    this.#free = [...addresses]
    this.#more = more
  }

  /** `had`: what the world had before, in that order; the new one is added to it. */
  take(had: string[]): AddressLease {
    const [address = this.#more()] = this.#free.toSorted((a, b) => had.lastIndexOf(a) - had.lastIndexOf(b))
    if (this.#free.includes(address)) this.#free.splice(this.#free.indexOf(address), 1)
    had.push(address)
    return { address, giveBack: once(() => this.#free.push(address)) }
  }
}
