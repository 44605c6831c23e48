import type { AddressBook } from './address-book.ts'
import type { Holder } from './container.ts'
import { Namespace } from './namespace.ts'
import type { RunNetwork } from './network.ts'
import { once } from './once.ts'

/** A place for a world of one process. */
export interface Seat {
  readonly address: string
  /** As in `Namespace`. */
  holder(): Promise<Holder | undefined>
  /** To be called when its process is gone. */
  giveBack(): void
}

export interface SeatsGround {
  readonly network: RunNetwork
  readonly runId: string
  readonly worker: string
  readonly addresses: AddressBook
  /** As in `NamespaceGround`. */
  readonly init: string | undefined
}

/**
 * The network namespaces of a worker, each lent to one world of one process at a time. As many as there are such
 * worlds at the same time.
 */
export class Seats {
  readonly #ground: SeatsGround
  /** By the image of their processes. */
  readonly #free = new Map<string, Namespace[]>()
  readonly #made: Namespace[] = []

  constructor(ground: SeatsGround) {
    this.#ground = ground
  }

  /** Undefined when a run of many subjects has used up the addresses: then a world goes without. */
  take(image: string): Seat | undefined {
    const free = this.#free.get(image) ?? []
    this.#free.set(image, free)
    const namespace = free.shift() ?? this.#make(image)
    if (namespace === undefined) return undefined
    return {
      address: namespace.address,
      holder: () => namespace.holder(),
      giveBack: once(() => free.push(namespace)),
    }
  }

  /** Takes away what holds them, one after the other (`sweepEngine` says why); none is in use any more. */
  async clear(): Promise<void> {
    for (const namespace of this.#made) await namespace.remove()
  }

  #make(image: string): Namespace | undefined {
    const { worker, addresses, ...ground } = this.#ground
    const address = addresses.seat()
    if (address === undefined) return undefined
    const name = `${worker}-seat-${String(this.#made.length)}`
    const namespace = new Namespace({ ...ground, image, address, name })
    this.#made.push(namespace)
    return namespace
  }
}
