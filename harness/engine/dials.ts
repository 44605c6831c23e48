import { once } from 'node:events'
import { BlockList, createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { ContainerRuntimeClient } from 'testcontainers'

type Docker = ContainerRuntimeClient['container']['dockerode']

/** The engine's own bridge, as Docker and as Podman name it. */
const bridgeNames = ['bridge', 'podman']

/**
 * Can this host dial a container's own address? It can when the bridge's gateway is an address of this host, or
 * when this host (a container itself) has an address in the bridge. Undefined where the engine shows no bridge.
 */
export async function dialsContainers(docker: Docker): Promise<boolean | undefined> {
  const networks = await docker.listNetworks({ filters: { driver: ['bridge'] } })
  const bridges = networks
    .filter(({ Name }) => bridgeNames.includes(Name))
    .flatMap(({ IPAM }) => IPAM?.Config ?? [])
    .filter(({ Subnet }) => Subnet?.includes('.') === true)
  if (bridges.length === 0) return undefined
  if (bridges.some(({ Subnet }) => hasAddressIn(Subnet ?? ''))) return true
  const gateways = bridges.map(({ Gateway, Subnet = '' }) => Gateway ?? firstAddress(Subnet))
  return (await Promise.all(gateways.map(isOwnAddress))).includes(true)
}

/** The gateway that an engine takes where its settings name none; subnets of bridges end at a byte. */
const firstAddress = (subnet: string): string => subnet.replace(/\.0\/\d+$/, '.1')

function hasAddressIn(subnet: string): boolean {
  const [net = '', bits] = subnet.split('/')
  const list = new BlockList()
  list.addSubnet(net, Number(bits))
  const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return own.some(({ address, family }) => family === 'IPv4' && list.check(address))
}

/** Can a socket be bound to it? A bridge without containers is down, and Node lists no address of it. */
export async function isOwnAddress(address: string): Promise<boolean> {
  const server = createServer().listen(0, address)
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
