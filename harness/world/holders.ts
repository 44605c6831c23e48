import { memberOf, type Launching } from './launch.ts'
import { Namespace } from './namespace.ts'
import { roleOf } from './roles.ts'
import type { Seat } from './seats.ts'

/** In whose network namespace the processes of a world are started. */
export class Holders {
  readonly #seat: Seat | undefined
  readonly #launching: () => Launching
  /** Each candidate is started again and again at its address. */
  readonly #ofCandidates = new Map<string, Namespace>()

  /** `seat`: of a world of one process. */
  constructor(seat: Seat | undefined, launching: () => Launching) {
    this.#seat = seat
    this.#launching = launching
  }

  /** Id of the holding container; undefined: the process has a network of its own. Errors: those of `Namespace`. */
  async of(name: string): Promise<string | undefined> {
    const world = this.#launching()
    if (roleOf(memberOf(name, world.spec)) !== 'candidate') return this.#seat?.holder()
    const namespace = this.#ofCandidates.get(name) ?? this.#make(name, world)
    this.#ofCandidates.set(name, namespace)
    return namespace.holder()
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#ofCandidates.values()].map((one) => one.remove()))
  }

  #make(candidate: string, { subject, network, runId, name, addresses, surroundings }: Launching): Namespace {
    const address = addresses.of(candidate)
    return new Namespace({ subject, network, runId, name: `${name}-at-${candidate}`, address, surroundings })
  }
}
