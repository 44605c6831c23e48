import type { Holder } from './container.ts'
import type { Namespaces } from './namespaces.ts'
import type { Seat } from './seats.ts'

/** In whose network namespace the processes of a world are started. */
export class Holders {
  readonly #seat: Seat | undefined
  readonly #namespaces: Namespaces | undefined
  readonly #given = new Set<Holder>()

  /** `seat`: of a world of one process. `namespaces`: for those with addresses of their own. */
  constructor(seat: Seat | undefined, namespaces: Namespaces | undefined) {
    this.#seat = seat
    this.#namespaces = namespaces
  }

  /**
   * What holds the namespace of an address with some settings, for a process of an image; undefined: it has a network of
   * its own.
   * Errors: those of `Namespace`.
   */
  async of(
    image: string,
    address: string,
    sysctls?: Readonly<Record<string, string>>,
  ): Promise<Holder | undefined> {
    const one = this.#seat?.holder() ?? this.#namespaces?.holder(image, address, sysctls)
    const holder = await one
    if (holder !== undefined) this.#given.add(holder)
    return holder
  }

  /** Each that it gave is still there. Errors: HarnessError `berth-lost`, `waited-too-long`. */
  async demandSound(): Promise<void> {
    await Promise.all([...this.#given].flatMap((holder) => holder.demandStanding?.() ?? []))
  }
}
