import { HarnessError } from '../errors.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { AddressBook } from './address-book.ts'
import { addressesIn, type AddressMap } from './logical.ts'
import type { Seat } from './seats.ts'

/** Who has which address in a world, and how the page's addresses become the world's and back. */
export interface WorldAddresses {
  /** Address of a member or client. Errors: HarnessError `unknown-member`. */
  of(name: string): string
  readonly dns: string
  /** A free address for a container beside the members. Nobody holds its namespace, unlike those of the others. */
  next(): string
  /** `@name` → its address; the page's addresses → the world's. */
  resolve(text: string): string
  /** The world's addresses → the page's: a member's own, else the loopback address of its examples. */
  readonly map: AddressMap
  /** The addresses are free again. */
  giveBack(): void
}

/**
 * Octets: of the world's DNS, and the first that are given to who has none of the page's, and to who comes beside. Where
 * nobody has one of the page's, no text can mean one of them, and those that pages name are taken: somebody holds their
 * namespaces already.
 */
const dnsOctet = 53
const firstFree = 100
const firstOfAll = 2
const firstBeside = 200

/** A world needs a block of its own when a text of it can name an address, or when it has several processes. */
export const needsBlock = ({ members, clients, dns, hosts }: WorldSpec): boolean =>
  Object.keys(members).length > 1 ||
  clients !== undefined ||
  dns !== undefined ||
  hosts !== undefined ||
  Object.values(members).some(({ at, loopback }) => at !== undefined || loopback !== undefined)

/** `seat`: the place of a world that needs no block. */
export const addressesFor = (
  spec: WorldSpec,
  book: Pick<AddressBook, 'next' | 'block'>,
  seat?: Seat,
): WorldAddresses => (needsBlock(spec) ? inBlock(spec, book) : shared(spec, book, seat))

/** Addresses out of the worker's /24, one after the other; the page's addresses mean nothing here. */
function shared(
  { members }: WorldSpec,
  book: Pick<AddressBook, 'next'>,
  seat: Seat | undefined,
): WorldAddresses {
  const taken = new Map(Object.keys(members).map((name) => [name, seat?.address ?? book.next()]))
  return {
    of: (name) => known(taken, name),
    dns: '',
    next: () => book.next(),
    resolve: (text) => named(text, taken),
    map: { kind: 'single', addresses: [...taken.values()] },
    giveBack: () => seat?.giveBack(),
  }
}

/** A /24 of the world's own: who has one of the page's addresses keeps its last octet. */
function inBlock({ members, clients = {} }: WorldSpec, book: Pick<AddressBook, 'block'>): WorldAddresses {
  const block = book.block()
  // ::1 is the same everywhere.
  const places = Object.entries({ ...members, ...clients }).map(
    ([name, { at }]) => [name, at === '::1' ? undefined : at] as const,
  )
  const octets = new Set(places.flatMap(([, at]) => (at === undefined ? [] : [octetOf(at)])).concat(dnsOctet))
  const noneIsNamed = places.every(([, at]) => at === undefined)
  const next = counter(octets, noneIsNamed ? firstOfAll : firstFree)
  const taken = new Map(
    places.map(([name, at]) => [name, `${block.prefix}.${at === undefined ? next() : octetOf(at)}`]),
  )
  for (const address of taken.values()) octets.add(octetOf(address))
  const beside = counter(octets, firstBeside)
  const pages = [...new Set(places.flatMap(([, at]) => (at === undefined ? [] : [prefixOf(at)])))]
  const [page] = pages
  const back = places.flatMap(([name, at]) => {
    const logical = at ?? (page === undefined ? '127.0.0.1' : undefined)
    return logical === undefined ? [] : [[taken.get(name) ?? '', logical] as const]
  })
  return {
    of: (name) => known(taken, name),
    dns: `${block.prefix}.${dnsOctet}`,
    next: () => `${block.prefix}.${beside()}`,
    resolve: (text) => pages.reduce((sofar, page) => moved(sofar, page, block.prefix), named(text, taken)),
    map: {
      kind: 'block',
      prefix: block.prefix,
      ...(page !== undefined && { page }),
      at: Object.fromEntries(back),
    },
    giveBack: () => block.giveBack(),
  }
}

/** Octets from the first on, again and again, without those that are taken. */
function counter(taken: ReadonlySet<number>, first: number): () => number {
  let octet = first - 1
  return () => {
    do octet = octet >= 254 ? first : octet + 1
    while (taken.has(octet))
    return octet
  }
}

const named = (text: string, taken: ReadonlyMap<string, string>): string =>
  text.replaceAll(/@(\w+)/g, (whole, name: string) => taken.get(name) ?? whole)

const moved = (text: string, from: string, to: string): string =>
  text.replaceAll(addressesIn(from), (_, octet: string) => `${to}.${octet}`)

const octetOf = (address: string): number => Number(address.slice(address.lastIndexOf('.') + 1))
/** `10.138.9` of `10.138.9.2`. */
export const prefixOf = (address: string): string => address.slice(0, address.lastIndexOf('.'))

function known(taken: ReadonlyMap<string, string>, name: string): string {
  const address = taken.get(name)
  if (address === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
  return address
}
