import type { AddressBook } from './address-book.ts'
import type { AddressLease } from './address-turns.ts'
import type { Holder } from './container.ts'
import { Departures } from './departures.ts'
import { Namespace } from './namespace.ts'
import type { RunNetwork } from './network.ts'
import { once } from './once.ts'

/** A place for a world of one process. */
export interface Seat extends AddressLease {
  /** As in `Namespace`. */
  holder(): Promise<Holder | undefined>
}

export interface SeatsGround {
  readonly network: RunNetwork
  readonly runId: string
  readonly worker: string
  readonly addresses: AddressBook
  /** As in `NamespaceGround`. */
  readonly init: string | undefined
  /** A place for a process of an image that stands anyway, while there is one. */
  readonly spare?: (image: string) => Seat | undefined
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
    const known = free.shift()
    const spare = known === undefined ? this.#ground.spare?.(image) : undefined
    const namespace = spare === undefined ? (known ?? this.#make(image)) : undefined
    if (namespace === undefined) return spare
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
    const { worker, addresses, network, runId, init } = this.#ground
    const address = addresses.seat()
    if (address === undefined) return undefined
    const name = `${worker}-seat-${String(this.#made++)}`
    const namespace = new Namespace({ network, runId, init, image, address, name })
    this.#held.add(namespace)
    return namespace
  }
}
