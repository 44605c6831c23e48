import { networkInterfaces } from 'node:os'
import { engineClient, runLabel } from '../engine/client.ts'
import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import { engineLimit } from './container-handle.ts'

/** A network of one run: a /18, whose 64 /24s the workers share out among themselves (`address-book.ts`). */
export interface RunNetwork {
  readonly id: string
  readonly name: string
  /** First three octets of the /18, third one a multiple of 64: `10.138.64`. */
  readonly base: readonly [number, number, number]
}

/**
 * /18 subnets: first those of 10.138.0.0/16, the address range of the page's examples, then of its neighbours. Not the
 * one with the examples themselves: an address of ours would be taken for the page's.
 */
const candidates = [138, 139, 136, 137]
  .flatMap((second) => [0, 64, 128, 192].map((third) => [10, second, third] as const))
  .filter(([, second, third]) => second !== 138 || third !== 0)

/**
 * Makes the run's network on the first subnet that neither the engine nor this host uses.
 * Errors: HarnessError `no-subnet`.
 */
export async function createNetwork(runId: string): Promise<RunNetwork> {
  const client = await engineClient()
  const name = `etcd-tls-${runId}`
  for (const base of subnetsFor(hostAddresses())) {
    try {
      const making = client.container.dockerode.createNetwork({
        Name: name,
        Driver: 'bridge',
        Labels: { [runLabel]: runId },
        IPAM: {
          Driver: 'default',
          Config: [{ Subnet: `${base.join('.')}.0/18`, Gateway: gatewayOf({ base }) }],
        },
      })
      const network = await within(engineLimit, 'the engine to make a network', making)
      return { id: network.id, name, base }
    } catch (cause) {
      if (!/overlaps|conflict/i.test(String(cause)))
        throw new HarnessError('no-network', `The engine cannot make a network: ${String(cause)}`, { cause })
    }
  }
  throw new HarnessError(
    'no-subnet',
    'Every /18 of 10.136.0.0/14 that worlds may have is in use; `etcd-tls clean` removes networks that killed runs left.',
  )
}

/** Address of this host on the network: what containers dial to reach a listener of ours. */
export const gatewayOf = ({ base }: Pick<RunNetwork, 'base'>): string => `${base.join('.')}.1`

/** The subnets that hold none of the addresses this host has. */
export const subnetsFor = (used: readonly string[]): readonly RunNetwork['base'][] =>
  candidates.filter(([a, b, c]) => !used.some((address) => within18(address.split('.').map(Number), a, b, c)))

const within18 = ([x, y, z = -1]: readonly number[], a: number, b: number, c: number): boolean =>
  x === a && y === b && z >= c && z < c + 64

const hostAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
