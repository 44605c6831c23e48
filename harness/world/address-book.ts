import { HarnessError } from '../errors.ts'
import type { RunNetwork } from './network.ts'

/** Users of a run's network at the same time: the worker that plays, and what is measured beside it. */
const workers = 4
/** /24 blocks of one worker, beside its shared /24: 4 × (1 + 15) are the 64 of a /18. */
export const blocksPerWorker = 15

/** A /24 that one world has to itself. */
export interface AddressBlock {
  /** First three octets: `10.138.9`. */
  readonly prefix: string
  /** Makes it free for the next world. */
  giveBack(): void
}

/** Of the shared /24: the first that is given out again and again, and the first that is given out once. */
const firstAddress = 2
const firstSeat = 200
const lastAddress = 254

/** Hands out the addresses of one worker: single ones of its shared /24 and whole /24 blocks. */
export class AddressBook {
  readonly #prefix: string
  readonly #free: string[]
  #next = firstAddress
  #seat = firstSeat

  /** `worker`: any number; those of one run do not meet when there are at most four in a row. */
  constructor({ base: [a, b, c] }: Pick<RunNetwork, 'base'>, worker: number) {
    const place = worker % workers
    this.#prefix = `${a}.${b}.${c + place}`
    const first = c + workers + place * blocksPerWorker
    this.#free = Array.from({ length: blocksPerWorker }, (_, n) => `${a}.${b}.${first + n}`)
  }

  next(): string {
    const address = `${this.#prefix}.${this.#next}`
    this.#next = this.#next === firstSeat - 1 ? firstAddress : this.#next + 1
    return address
  }

  /** An address that nobody else gets for the rest of the run; undefined when all are taken. */
  seat(): string | undefined {
    return this.#seat > lastAddress ? undefined : `${this.#prefix}.${this.#seat++}`
  }

  /** The block that was given back last: what was set up for its addresses stands. Errors: HarnessError `no-block`. */
  block(): AddressBlock {
    const prefix = this.#free.shift()
    if (prefix === undefined)
      throw new HarnessError(
        'no-block',
        `All ${blocksPerWorker} blocks of addresses of this worker are in use: too many worlds with addresses of their own are kept for later cells; let fewer of them ask for a world of another one.`,
      )
    return { prefix, giveBack: () => void (this.#free.includes(prefix) || this.#free.unshift(prefix)) }
  }
}
