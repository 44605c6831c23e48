import type { AddressBook } from './address-book.ts'
import type { Holder } from './container.ts'
import { Departures } from './departures.ts'
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
  readonly #departures: Departures
  /** By the image of their processes. */
  readonly #free = new Map<string, Namespace[]>()
  readonly #held = new Set<Namespace>()
  #made = 0

  constructor(ground: SeatsGround, departures = new Departures()) {
    this.#ground = ground
    this.#departures = departures
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

  /** Takes away what holds those that no world has and that are more than so many. */
  release(wanted: number): void {
    for (const free of this.#free.values())
      for (const namespace of free.splice(wanted)) {
        this.#held.delete(namespace)
        void this.#departures.add(namespace)
      }
  }

  /** Takes away what holds them; none is in use any more. Errors: those of `Departures.over`. */
  async clear(): Promise<void> {
    for (const namespace of this.#held) void this.#departures.add(namespace)
    this.#held.clear()
    this.#free.clear()
    await this.#departures.over()
  }

  #make(image: string): Namespace | undefined {
    const { worker, addresses, ...ground } = this.#ground
    const address = addresses.seat()
    if (address === undefined) return undefined
    const name = `${worker}-seat-${String(this.#made++)}`
    const namespace = new Namespace({ ...ground, image, address, name })
    this.#held.add(namespace)
    return namespace
  }
}
