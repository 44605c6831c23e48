import type { Subject } from '../subject/subject.ts'
import type { Namespaces } from './namespaces.ts'
import type { Seat } from './seats.ts'

/** In whose network namespace the processes of a world are started. */
export class Holders {
  readonly #subject: Subject
  readonly #seat: Seat | undefined
  readonly #namespaces: Namespaces | undefined

  /** `seat`: of a world of one process. `namespaces`: for those with addresses of their own. */
  constructor(subject: Subject, seat: Seat | undefined, namespaces: Namespaces | undefined) {
    this.#subject = subject
    this.#seat = seat
    this.#namespaces = namespaces
  }

  /**
   * Id of the container that holds the namespace of an address; undefined: the process has a network of its own.
   * Errors: those of `Namespace`.
   */
  async of(address: string): Promise<string | undefined> {
    return this.#seat === undefined ? this.#namespaces?.holder(this.#subject, address) : this.#seat.holder()
  }
}
