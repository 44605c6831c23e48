import { once } from './once.ts'

/** An address that one process has at a time. */
export interface AddressLease {
  readonly address: string
  /** To be called when its process is gone. */
  giveBack(): void
}

/**
 * Addresses that are lent in turn. Lines of a log are told apart by the address that they name: so who asks next has
 * another one than those before, as long as enough are not lent.
 */
export class AddressTurns {
  readonly #free: string[]
  readonly #more: () => string

  /** `more`: where all are lent. */
  constructor(addresses: readonly string[], more: () => string) {
    this.#free = [...addresses]
    this.#more = more
  }

  take(): AddressLease {
    const address = this.#free.shift() ?? this.#more()
    return { address, giveBack: once(() => this.#free.push(address)) }
  }
}
