import type { Listener } from '../../scenario/probe.ts'
import { containerOf, loopback, type HandPlace } from './hand-place.ts'

/** Where a member is dialled: at its address, or within its container. */
export function dialled(
  { of, inside }: HandPlace,
  name: string,
  listener: Listener = 'client',
): { readonly address: string; readonly port: number } {
  const ports = inside(name)
  return ports === undefined
    ? { address: of(name), port: listener === 'peer' ? 2380 : 2379 }
    : { address: loopback, port: ports[listener] }
}

/** Commands of this host in the network of a member's container: the files that they read are here. */
export const insideLines = (name: string, commands: readonly string[]): string[] => [
  `# ${name} listens on its container's loopback address only: as root, on the engine's own machine`,
  ...commands.map(
    (one) => `nsenter --net --target "$(docker inspect -f '{{.State.Pid}}' ${containerOf(name)})" ${one}`,
  ),
]

/** A client at an address of its own, of a member on its loopback address. */
export const unreached = (name: string, from: string): string[] => [
  `# ${name} listens on its container's loopback address, where the run came to it as ${from}: no command here does`,
]
