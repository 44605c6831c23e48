import { once } from './once.ts'

/** An address that one process has at a time. */
export interface AddressLease {
  readonly address: string
  /** To be called when its process is gone. */
  giveBack(): void
}

/** So many of its last addresses a world is not given: no cell has more acts. */
const apart = 4

/**
 * Addresses that worlds borrow. Lines of a log are told apart by the address that they name: so a world is given one
 * that it did not have, or what it had longest ago, but none that it had a moment ago.
 */
export class AddressTurns {
  readonly #free: string[]
  readonly #more: () => string

  /** `more`: where all are lent, or had a moment ago. */
  constructor(addresses: readonly string[], more: () => string) {
    this.#free = [...addresses]
    this.#more = more
  }

  /** `had`: what the world had before, in that order; the new one is added to it. */
  take(had: string[]): AddressLease {
    const free = this.#free.filter((one) => !had.slice(-apart).includes(one))
    const [address = this.#more()] = free.toSorted((a, b) => had.lastIndexOf(a) - had.lastIndexOf(b))
    const at = this.#free.indexOf(address)
    if (at >= 0) this.#free.splice(at, 1)
    had.push(address)
    return { address, giveBack: once(() => this.#free.push(address)) }
  }
}
