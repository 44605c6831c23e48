import type { Holder } from './container.ts'
import { Departures } from './departures.ts'
import { Namespace, type NamespaceGround } from './namespace.ts'

/** `usual`: without settings of its own. */
interface Held {
  readonly of: string
  readonly usual: boolean
  readonly namespace: Namespace
}
type Ground = Omit<NamespaceGround, 'image' | 'name' | 'address' | 'sysctls'> & { readonly worker: string }

/**
 * The network namespaces of a worker by their addresses, for worlds whose processes have addresses of their own. Who
 * has a block of addresses has them to itself; they stay for the next one.
 */
export class Namespaces {
  readonly #ground: Ground
  readonly #at = new Map<string, Held>()
  readonly #leaving = new Map<string, Promise<void>>()
  readonly #departures: Departures

  constructor(ground: Ground, departures = new Departures()) {
    this.#ground = ground
    this.#departures = departures
  }

  /** Takes away what holds them; none is in use any more. Errors: those of `Departures.over`. */
  async clear(): Promise<void> {
    while (this.#at.size > 0) {
      this.release([...this.#at.keys()])
      await this.#departures.over()
    }
    await this.#departures.over()
  }

  /** As `clear`, for some addresses that nobody uses; whoever asks for one again waits until that is done. */
  release(addresses: readonly string[]): void {
    for (const address of addresses) {
      const known = this.#at.get(address)
      if (known === undefined) continue
      this.#at.delete(address)
      const gone = this.#departures.add(known.namespace).finally(() => this.#leaving.delete(address))
      this.#leaving.set(address, gone)
    }
  }

  /** One stands there for processes of an image, as the engine makes them. */
  stands(image: string, address: string): boolean {
    const known = this.#at.get(address)
    return known?.of === image && known.usual
  }

  /**
   * What holds the namespace of an address, for processes of an image; as `Namespace.holder`. What another image held is
   * held by this one from now on: nothing of one subject stands in the world of another. An address has the same settings
   * each time.
   * Errors: HarnessError `no-container`.
   */
  async holder(
    image: string,
    address: string,
    sysctls?: Readonly<Record<string, string>>,
  ): Promise<Holder | undefined> {
    await this.#leaving.get(address)
    const known = this.#at.get(address)
    if (known?.of === image) return known.namespace.holder()
    const { worker, ...ground } = this.#ground
    const [, , block, octet] = address.split('.')
    const name = `${worker}-held-${block}-${octet}`
    const namespace = new Namespace({ ...ground, image, name, address, sysctls })
    this.#at.set(address, { of: image, usual: sysctls === undefined, namespace })
    if (known !== undefined) await this.#departures.add(known.namespace)
    return namespace.holder()
  }
}
