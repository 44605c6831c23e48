import type { MemberSpec, WorldSpec } from '../../scenario/world.ts'
import { addressesFor, needsBlock } from '../../world/world-addresses.ts'

/** Where everything is when it is made again on one machine. */
export interface HandPlace {
  /** Where processes have addresses of their own, the page's; without it each is published on the loopback address. */
  readonly network?: { readonly name: string; readonly subnet: string }
  /** Address at which a process or client of the world is dialled. */
  of(name: string): string
  /** Ports of a process that listens on the loopback address of its container, where this host does not come. */
  inside(name: string): MemberSpec['loopback']
  /** `@m1` → its address. */
  resolve(text: string): string
  /** Address of the world's DNS. */
  readonly dns: string
}

/** Name of the container of a process or client; the engine takes none of one letter. */
export const containerOf = (name: string): string => (name.length > 1 ? name : `member-${name}`)

export const loopback = '127.0.0.1'
/** First three octets where the world names no address of a page. */
const plainPrefix = '10.138.0'

/**
 * One place for all worlds of a cell: who is in several has one address. `always`: in a network of its own, whether
 * the worlds need one or not.
 */
export function placeOf(worlds: readonly WorldSpec[], always = false): HandPlace {
  const [first] = worlds
  if (first === undefined) throw new TypeError('a cell has a world')
  const members = Object.assign({}, ...worlds.map((one) => one.members).reverse()) as WorldSpec['members']
  const clients = Object.assign({}, ...worlds.map((one) => one.clients).reverse()) as WorldSpec['clients']
  const spec = { ...first, members, ...((always || Object.keys(clients ?? {}).length > 0) && { clients }) }
  const [page = plainPrefix] = Object.values({ ...members, ...clients }).flatMap(({ at }) =>
    at?.includes('.') === true ? [at.slice(0, at.lastIndexOf('.'))] : [],
  )
  const { of, resolve, dns } = addressesFor(spec, {
    next: () => loopback,
    client: () => ({ address: loopback, giveBack: () => undefined }),
    blocks: { lend: () => ({ prefix: page, giveBack: () => undefined }) },
  })
  const inside = (name: string): MemberSpec['loopback'] => members[name]?.loopback
  const place = { of, resolve, dns, inside }
  return needsBlock(spec)
    ? { ...place, network: { name: 'etcd-tls-by-hand', subnet: `${page}.0/24` } }
    : place
}
