import { HarnessError } from '../errors.ts'
import { AddressTurns, type AddressLease } from './address-turns.ts'
import type { RunNetwork } from './network.ts'
import { once } from './once.ts'

/** Users of a run's network at the same time: the worker that plays, and what is measured beside it. */
const workers = 3
/** /24 blocks of one worker, beside its shared /24: 3 × (1 + 20) of the 64 of a /18. */
export const blocksPerWorker = 20

/** A /24 that one world has to itself. */
export interface AddressBlock {
  /** First three octets: `10.138.9`. */
  readonly prefix: string
  /** Makes it free for the next world. */
  giveBack(): void
}

/** Of the shared /24: the first that is given out again and again, that clients have in turn, that is given out once. */
const firstAddress = 2
const firstClient = 195
const firstSeat = 200
const lastAddress = 254

/** Hands out the addresses of one worker: single ones of its shared /24 and whole /24 blocks. */
export class AddressBook {
  readonly #prefix: string
  readonly #free: string[]
  /** Last octets that worlds had in a block, and those of the world that has it now. */
  readonly #had = new Map<string, Set<number>>()
  readonly #has = new Map<string, readonly number[]>()
  readonly #clients: AddressTurns
  #next = firstAddress
  #seat = firstSeat

  /** `worker`: any number; those of one run do not meet when there are at most three in a row. */
  constructor({ base: [a, b, c] }: Pick<RunNetwork, 'base'>, worker: number) {
    const place = worker % workers
    this.#prefix = `${a}.${b}.${c + place}`
    const first = c + workers + place * blocksPerWorker
    this.#free = Array.from({ length: blocksPerWorker }, (_, n) => `${a}.${b}.${first + n}`)
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

  /**
   * The block in which most of these last octets were used, since what was set up for an address stands; of equals the
   * one that was given back last. Errors: HarnessError `no-block`.
   */
  block(octets: readonly number[] = []): AddressBlock {
    const [prefix] = this.#free.toSorted((a, b) => this.#lacks(a, octets) - this.#lacks(b, octets))
    if (prefix === undefined)
      throw new HarnessError(
        'no-block',
        `All ${blocksPerWorker} blocks of addresses of this worker are in use: too many worlds with addresses of their own are kept for later cells; let fewer of them ask for a world of another one.`,
      )
    this.#free.splice(this.#free.indexOf(prefix), 1)
    this.#had.set(prefix, new Set([...(this.#had.get(prefix) ?? []), ...octets]))
    this.#has.set(prefix, octets)
    const giveBack = once(() => {
      this.#free.unshift(prefix)
      this.#has.delete(prefix)
    })
    return { prefix, giveBack }
  }

  /**
   * Addresses in blocks that worlds had, that none has, and that are more than `wanted`, how many worlds to come ask for
   * each last octet. What was set up for them may go; they are given out again all the same.
   */
  surplus(wanted: ReadonlyMap<number, number>): string[] {
    const left = new Map(wanted)
    const unused = [...this.#had].flatMap(([prefix, octets]) =>
      [...octets]
        .filter((octet) => this.#has.get(prefix)?.includes(octet) !== true)
        .map((octet) => ({ prefix, octet })),
    )
    const more = unused.filter(({ octet }) => {
      const ahead = left.get(octet) ?? 0
      left.set(octet, ahead - 1)
      return ahead <= 0
    })
    for (const { prefix, octet } of more) this.#had.get(prefix)?.delete(octet)
    return more.map(({ prefix, octet }) => `${prefix}.${octet}`)
  }

  #lacks(prefix: string, octets: readonly number[]): number {
    return octets.filter((octet) => this.#had.get(prefix)?.has(octet) !== true).length
  }
}
