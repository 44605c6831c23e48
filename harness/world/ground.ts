import type { WorldSpec } from '../scenario/world.ts'
import { toolOf, type ToolImages } from '../tool/tools.ts'
import type { AddressBook } from './address-book.ts'
import type { ContainerSpec } from './container.ts'
import { startDns, type RunningDns } from './dns-server.ts'
import type { Holders } from './holders.ts'
import type { RunNetwork } from './network.ts'
import type { Namespaces } from './namespaces.ts'
import type { Seats } from './seats.ts'
import type { WorldAddresses } from './world-addresses.ts'

/** Where worlds are made: one per worker and run. */
export interface Ground {
  readonly runId: string
  readonly network: RunNetwork
  readonly addresses: AddressBook
  /** Sets containers of this worker apart from those of others. */
  readonly worker: string
  /** Network namespaces for worlds of one process; without them each such process has a network of its own. */
  readonly seats?: Seats
  /** Network namespaces for worlds with addresses of their own; only where the engine shares this host's folders. */
  readonly namespaces?: Namespaces
  /** The engine sees this host's folders (`sharesFolders`, harness/engine). */
  readonly sharesFolders?: boolean
  /** Told now and then which worlds are yet to come: what none of them will use may go. */
  readonly settled?: (ahead: readonly WorldSpec[]) => void
  /** Images beside the subject that planned worlds need. */
  readonly tools?: ToolImages
}

/** What every container of a ground has in common. */
export const placeOf = ({
  network,
  runId,
  sharesFolders,
}: Ground): Pick<ContainerSpec, 'network' | 'runId' | 'sharesFolders'> => ({ network, runId, sharesFolders })

/** The DNS of a world that has a zone. Errors: those of `startDns`; `no-tool`. */
export async function dnsOf(
  { dns: zone }: WorldSpec,
  { network, runId, tools = {}, sharesFolders }: Ground,
  addresses: WorldAddresses,
  world: string,
  holders: Holders,
): Promise<RunningDns | undefined> {
  if (zone === undefined) return undefined
  const image = toolOf(tools, 'coredns')
  return startDns(zone, {
    ...{ network, runId, address: addresses.dns, world, sharesFolders },
    within: await holders.of(image, addresses.dns),
    image,
    resolve: (text) => addresses.resolve(text),
  })
}

/** DNS and hosts file of a world's containers. */
export type Surroundings = Pick<ContainerSpec, 'resolvConf' | 'hosts'>

export const surroundingsOf = (
  { hosts = {} }: WorldSpec,
  dns: RunningDns | undefined,
  resolve: (text: string) => string,
): Surroundings => ({
  resolvConf: dns?.resolvConf,
  hosts: Object.entries(hosts).map(([name, address]) => `${name}:${resolve(address)}`),
})
