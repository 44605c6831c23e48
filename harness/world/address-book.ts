import { AddressBlocks } from './address-blocks.ts'
import { AddressTurns, type AddressLease } from './address-turns.ts'
import type { RunNetwork } from './network.ts'

/** Users of a run's network at the same time: the worker that plays, and what is measured beside it. */
const workers = 3
/** /24 blocks of one worker, beside its shared /24: 3 × (1 + 20) of the 64 of a /18. */
export const blocksPerWorker = 20

/** Of the shared /24: the first that is given out again and again, that clients have in turn, that is given out once. */
const firstAddress = 2
const firstClient = 195
const firstSeat = 200
const lastAddress = 254

/** Hands out the addresses of one worker: single ones of its shared /24 and whole /24 blocks. */
export class AddressBook {
  readonly blocks: AddressBlocks
  readonly #prefix: string
  readonly #clients: AddressTurns
  #next = firstAddress
  #seat = firstSeat

  /** `worker`: any number; those of one run do not meet when there are at most three in a row. */
  constructor({ base: [a, b, c] }: Pick<RunNetwork, 'base'>, worker: number) {
    const place = worker % workers
    this.#prefix = `${a}.${b}.${c + place}`
    const first = c + workers + place * blocksPerWorker
    this.blocks = new AddressBlocks(
      Array.from({ length: blocksPerWorker }, (_, n) => `${a}.${b}.${first + n}`),
    )
    const clients = Array.from(
      { length: firstSeat - firstClient },
      (_, n) => `${this.#prefix}.${firstClient + n}`,
    )
    this.#clients = new AddressTurns(clients, () => this.seat() ?? this.next())
  }

  next(): string {
    const address = `${this.#prefix}.${this.#next}`
    this.#next = this.#next === firstClient - 1 ? firstAddress : this.#next + 1
    return address
  }

  /** For a command that asks a world; as `AddressTurns.take`. */
  client(had: string[]): AddressLease {
    return this.#clients.take(had)
  }

  /** An address that nobody else gets for the rest of the run; undefined when all are taken. */
  seat(): string | undefined {
    return this.#seat > lastAddress ? undefined : `${this.#prefix}.${this.#seat++}`
  }
}
