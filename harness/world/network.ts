import { networkInterfaces } from 'node:os'
import { engineClient, runLabel } from '../engine/client.ts'
import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import { engineLimit } from './container-handle.ts'

/** A network of one run: a /20 in which every worker has a /24 of its own. */
export interface RunNetwork {
  readonly id: string
  readonly name: string
  /** First three octets of the /20, third one a multiple of 16: `10.138.16`. */
  readonly base: readonly [number, number, number]
}

/** /20 subnets of 10.138.0.0/16, the address range of the page's examples. */
const candidates = Array.from({ length: 16 }, (_, n) => [10, 138, n * 16] as const)

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
        IPAM: { Driver: 'default', Config: [{ Subnet: `${base.join('.')}.0/20` }] },
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
    'Every /20 of 10.138.0.0/16 is in use; `etcd-tls clean` removes networks that killed runs left.',
  )
}

/** The subnets that hold none of the addresses this host has. */
export const subnetsFor = (used: readonly string[]): readonly RunNetwork['base'][] =>
  candidates.filter(([a, b, c]) => !used.some((address) => within20(address.split('.').map(Number), a, b, c)))

const within20 = ([x, y, z = -1]: readonly number[], a: number, b: number, c: number): boolean =>
  x === a && y === b && z >= c && z < c + 16

const hostAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))

/** Hands out the addresses of one worker's /24, from .2 on; worker 0 to 14. */
export class AddressBook {
  readonly #prefix: string
  #next = 2

  constructor(network: RunNetwork, worker: number) {
    const [a, b, c] = network.base
    this.#prefix = `${a}.${b}.${c + 1 + (worker % 15)}`
  }

  next(): string {
    const address = `${this.#prefix}.${this.#next}`
    this.#next = this.#next === 254 ? 2 : this.#next + 1
    return address
  }
}
