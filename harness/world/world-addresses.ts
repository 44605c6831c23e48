import { HarnessError } from '../errors.ts'
import type { WorldSpec } from '../scenario/world.ts'
import { octetOf, prefixOf, type AddressBlocks } from './address-blocks.ts'
import type { AddressBook } from './address-book.ts'
import type { AddressLease } from './address-turns.ts'
import { addressesIn, type AddressMap } from './logical.ts'
import type { Seat } from './seats.ts'

/** Who has which address in a world, and how the page's addresses become the world's and back. */
export interface WorldAddresses {
  /** Address of a member or client. Errors: HarnessError `unknown-member`. */
  of(name: string): string
  readonly dns: string
  /** Of those that listen on 127.0.0.1 only; another one where their namespace has ::1 as well. */
  readonly post: string
  /** For a command beside the members. */
  client(): AddressLease
  /** `@name` → its address; the page's addresses → the world's. */
  resolve(text: string): string
  /** The world's addresses → the page's: a member's own, else the loopback address of its examples. */
  readonly map: AddressMap
  /** The addresses are free again. */
  giveBack(): void
}

/**
 * Octets: of the world's DNS, of the post of those on 127.0.0.1, and the first that are given to who has none of the
 * page's. Where nobody has one of the page's, no text can mean one of them, and those that
 * pages name are taken: somebody holds their namespaces already.
 */
const dnsOctet = 53
const postOctet = 54
const sixPostOctet = 55
const firstFree = 100
const firstOfAll = 2

/** A world needs a block of its own when a text of it can name an address, or when it has several processes. */
export const needsBlock = ({ members, clients, dns, hosts }: WorldSpec): boolean =>
  Object.keys(members).length > 1 ||
  clients !== undefined ||
  dns !== undefined ||
  hosts !== undefined ||
  Object.values(members).some(({ at, loopback }) => at !== undefined || loopback !== undefined)

export const speaksIpv6 = (spec: WorldSpec): boolean => JSON.stringify(spec).includes('::1')

const postOf = (spec: WorldSpec): number => (speaksIpv6(spec) ? sixPostOctet : postOctet)

type Book = Pick<AddressBook, 'next' | 'client'> & { readonly blocks: Pick<AddressBlocks, 'lend'> }

/** `seat`: the place of a world that needs no block. */
export const addressesFor = (spec: WorldSpec, book: Book, seat?: Seat): WorldAddresses =>
  needsBlock(spec) ? inBlock(spec, book) : shared(spec, book, seat)

/** Addresses out of the worker's /24, one after the other; the page's addresses mean nothing here. */
function shared(
  { members }: WorldSpec,
  book: Pick<AddressBook, 'next' | 'client'>,
  seat: Seat | undefined,
): WorldAddresses {
  const taken = new Map(Object.keys(members).map((name) => [name, seat?.address ?? book.next()]))
  const clients: string[] = []
  return {
    of: (name) => known(taken, name),
    dns: '',
    post: '',
    client: () => book.client(clients),
    resolve: (text) => named(text, taken),
    map: { kind: 'single', addresses: [...taken.values()] },
    giveBack: () => seat?.giveBack(),
  }
}

/** A /24 of the world's own: who has one of the page's addresses keeps its last octet. */
function inBlock(spec: WorldSpec, book: Pick<Book, 'client' | 'blocks'>): WorldAddresses {
  const places = placesOf(spec)
  const octets = octetsOf(places)
  const block = book.blocks.lend(octetsWanted(spec))
  const at = (octet: number): string => `${block.prefix}.${octet}`
  const taken = new Map([...octets].map(([name, octet]) => [name, at(octet)]))
  const clients: string[] = []
  const pages = [
    ...new Set([...places.values()].flatMap((one) => (one === undefined ? [] : [prefixOf(one)]))),
  ]
  const [page] = pages
  const back = [...places].flatMap(([name, one]) => {
    const logical = one ?? (page === undefined ? '127.0.0.1' : undefined)
    return logical === undefined ? [] : [[taken.get(name) ?? '', logical] as const]
  })
  return {
    of: (name) => known(taken, name),
    dns: at(dnsOctet),
    post: at(postOf(spec)),
    client: () => book.client(clients),
    resolve: (text) => pages.reduce((sofar, one) => moved(sofar, one, block.prefix), named(text, taken)),
    map: {
      kind: 'block',
      prefix: block.prefix,
      ...(page !== undefined && { page }),
      at: Object.fromEntries(back),
    },
    giveBack: () => block.giveBack(),
  }
}

/** Last octets of the addresses that a world has for itself in its block; none when it needs no block. Pure. */
export function octetsWanted(spec: WorldSpec): number[] {
  if (!needsBlock(spec)) return []
  const inside = Object.values(spec.members).some(({ loopback }) => loopback !== undefined)
  return [
    ...octetsOf(placesOf(spec)).values(),
    ...(spec.dns === undefined ? [] : [dnsOctet]),
    ...(inside ? [postOf(spec)] : []),
  ]
}

/** By name: the page's address; undefined for who has none. ::1 is the same everywhere. */
const placesOf = ({ members, clients = {} }: WorldSpec): ReadonlyMap<string, string | undefined> =>
  new Map(
    Object.entries({ ...members, ...clients }).map(([name, { at }]) => [name, at === '::1' ? undefined : at]),
  )

function octetsOf(places: ReadonlyMap<string, string | undefined>): ReadonlyMap<string, number> {
  const named = [...places.values()].filter((at) => at !== undefined).map(octetOf)
  const next = counter(
    new Set([...named, dnsOctet, postOctet, sixPostOctet]),
    named.length === 0 ? firstOfAll : firstFree,
  )
  return new Map([...places].map(([name, at]) => [name, at === undefined ? next() : octetOf(at)]))
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

function known(taken: ReadonlyMap<string, string>, name: string): string {
  const address = taken.get(name)
  if (address === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
  return address
}
