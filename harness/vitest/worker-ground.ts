import type { WorldSpec } from '../scenario/world.ts'
import type { AddressesAhead } from '../world/address-blocks.ts'
import { AddressBook } from '../world/address-book.ts'
import { Departures } from '../world/departures.ts'
import { Namespaces } from '../world/namespaces.ts'
import { Seats, type Seat } from '../world/seats.ts'
import { needsBlock, octetsWanted } from '../world/world-addresses.ts'
import type { Ground } from '../world/world.ts'
import type { WorkerContext } from './context.ts'

/** Where the worlds of a worker are made. */
export interface WorkerGround extends Ground {
  /** Takes away what holds the network namespaces: the next worker has the same addresses, and another subject. */
  clear(): Promise<void>
}

/** Place of the one worker that plays among the users of a run's network. */
const place = 1

/** Workers of a run come one after the other. */
export function workerGround(context: WorkerContext): WorkerGround {
  const { runId, network, tools, sharesFolders, init, subject } = context
  const worker = String(place)
  const addresses = new AddressBook(network, place)
  const shared = { runId, network, worker, init, addresses }
  const departures = new Departures()
  const namespaces = sharesFolders ? new Namespaces(shared, departures) : undefined
  const spare = namespaces && ((image: string) => spareSeat(image, addresses, namespaces))
  const seats = new Seats({ ...shared, ...(spare && { spare }) }, departures)
  return {
    ...shared,
    ...(namespaces && { namespaces }),
    ...{ tools, sharesFolders, seats },
    settled: (ahead) => {
      const wanted = wantedBy(ahead)
      const stands = (address: string) => namespaces?.stands(subject.reference, address) === true
      namespaces?.release(addresses.blocks.settle(wanted, stands))
      seats.release(wanted.plain)
    },
    clear: async () => {
      await seats.clear()
      await namespaces?.clear()
    },
  }
}

function spareSeat(image: string, { blocks }: AddressBook, namespaces: Namespaces): Seat | undefined {
  const lease = blocks.lendSpare()
  return lease && { ...lease, holder: () => namespaces.holder(image, lease.address) }
}

function wantedBy(ahead: readonly WorldSpec[]): AddressesAhead {
  const octets = Map.groupBy(ahead.flatMap(octetsWanted), (octet) => octet)
  const blocks = ahead.filter(needsBlock).length
  return {
    blocks,
    plain: ahead.length - blocks,
    octets: new Map([...octets].map(([octet, { length }]) => [octet, length])),
  }
}
