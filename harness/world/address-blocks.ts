import { HarnessError } from '../errors.ts'
import type { AddressLease } from './address-turns.ts'
import { once } from './once.ts'

/** A /24 that one world has to itself. */
export interface AddressBlock {
  /** First three octets: `10.138.9`. */
  readonly prefix: string
  /** Makes it free for the next world. */
  giveBack(): void
}

/** What worlds to come ask for. */
export interface AddressesAhead {
  /** How many of them need a block. */
  readonly blocks: number
  /** How many of them ask for each last octet. */
  readonly octets: ReadonlyMap<number, number>
  /** How many of them need none, and can do with a spare address. */
  readonly plain: number
}

/** Lends blocks of addresses, and remembers which of their addresses were used: what was set up for those stands. */
export class AddressBlocks {
  readonly #all: number
  readonly #free: string[]
  /** Last octets that worlds had in a block, and those of the world that has it now. */
  readonly #had = new Map<string, Set<number>>()
  readonly #has = new Map<string, readonly number[]>()
  /** Of free blocks, one address each; and how many blocks have to stay free when one of them is lent. */
  #spare: readonly string[] = []
  #reserved = 0

  /** `prefixes`: the first three octets of each. */
  constructor(prefixes: readonly string[]) {
    this.#all = prefixes.length
    this.#free = [...prefixes]
  }

  /**
   * The block in which most of these last octets were used; of equals the one in which fewest others were, which
   * are left for others, then the one that was given back last.
   * Errors: HarnessError `no-block`.
   */
  lend(octets: readonly number[] = []): AddressBlock {
    const [prefix] = this.#free.toSorted(
      (a, b) => this.#lacks(a, octets) - this.#lacks(b, octets) || this.#used(a) - this.#used(b),
    )
    if (prefix === undefined)
      throw new HarnessError(
        'no-block',
        `All ${this.#all} blocks of addresses of this worker are in use: too many worlds with addresses of their own are kept for later cells; let fewer of them ask for a world of another one.`,
      )
    this.#reserved = Math.max(0, this.#reserved - 1)
    return this.#lend(prefix, octets)
  }

  /**
   * An address that `settle` kept, for a world that needs no block; nobody else has its block meanwhile. Undefined
   * when there is none, or when each block may be wanted by a world to come.
   */
  lendSpare(): AddressLease | undefined {
    const address = this.#spare.find((one) => this.#free.includes(prefixOf(one)))
    if (address === undefined || this.#free.length <= this.#reserved) return undefined
    const { giveBack } = this.#lend(prefixOf(address), [octetOf(address)])
    return { address, giveBack }
  }

  /**
   * Gives out what no world has and none to come asks for: what was set up for these addresses may go. They are lent again
   * all the same. Of each free block one may be kept for `lendSpare`, if `fits` says so.
   */
  settle({ blocks, octets, plain }: AddressesAhead, fits: (address: string) => boolean): string[] {
    this.#reserved = blocks
    const more = this.#surplus(octets)
    const spare = more.filter((one) => this.#free.includes(prefixOf(one)) && fits(one))
    const ofEach = [...Map.groupBy(spare, prefixOf).values()].flatMap(([first]) => first ?? [])
    this.#spare = ofEach.slice(0, plain)
    const gone = more.filter((one) => !this.#spare.includes(one))
    for (const one of gone) this.#had.get(prefixOf(one))?.delete(octetOf(one))
    return gone
  }

  #surplus(wanted: ReadonlyMap<number, number>): string[] {
    const left = new Map(wanted)
    const unused = [...this.#had].flatMap(([prefix, octets]) =>
      [...octets]
        .filter((octet) => this.#has.get(prefix)?.includes(octet) !== true)
        .map((octet) => `${prefix}.${octet}`),
    )
    return unused.filter((address) => {
      const ahead = left.get(octetOf(address)) ?? 0
      left.set(octetOf(address), ahead - 1)
      return ahead <= 0
    })
  }

  #lend(prefix: string, octets: readonly number[]): AddressBlock {
    this.#free.splice(this.#free.indexOf(prefix), 1)
    this.#had.set(prefix, new Set([...(this.#had.get(prefix) ?? []), ...octets]))
    this.#has.set(prefix, octets)
    const giveBack = once(() => {
      this.#free.unshift(prefix)
      this.#has.delete(prefix)
    })
    return { prefix, giveBack }
  }

  #used(prefix: string): number {
    return this.#had.get(prefix)?.size ?? 0
  }

  #lacks(prefix: string, octets: readonly number[]): number {
    return octets.filter((octet) => this.#had.get(prefix)?.has(octet) !== true).length
  }
}

/** `2` of `10.138.9.2`. */
export const octetOf = (address: string): number => Number(address.slice(address.lastIndexOf('.') + 1))
/** `10.138.9` of `10.138.9.2`. */
export const prefixOf = (address: string): string => address.slice(0, address.lastIndexOf('.'))
