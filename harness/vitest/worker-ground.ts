import { AddressBook } from '../world/address-book.ts'
import { Departures } from '../world/departures.ts'
import { Namespaces } from '../world/namespaces.ts'
import { Seats } from '../world/seats.ts'
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
export function workerGround({ runId, network, tools, sharesFolders, init }: WorkerContext): WorkerGround {
  const worker = String(place)
  const shared = { runId, network, worker, init, addresses: new AddressBook(network, place) }
  const departures = new Departures()
  const seats = new Seats(shared, departures)
  const namespaces = sharesFolders ? new Namespaces(shared, departures) : undefined
  return {
    ...shared,
    ...(namespaces && { namespaces }),
    ...{ tools, sharesFolders, seats },
    settled: (ahead) => {
      const wanted = Map.groupBy(ahead.flatMap(octetsWanted), (octet) => octet)
      const counts = new Map([...wanted].map(([octet, { length }]) => [octet, length]))
      namespaces?.release(shared.addresses.surplus(counts))
      seats.release(ahead.filter((spec) => !needsBlock(spec)).length)
    },
    clear: async () => {
      await seats.clear()
      await namespaces?.clear()
    },
  }
}
