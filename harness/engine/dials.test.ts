import { expect, test } from 'vitest'
import { dialsContainers, isOwnAddress } from './dials.ts'

const docker = (...networks: { Name: string; Subnet: string; Gateway?: string }[]): never =>
  ({
    listNetworks: async () => networks.map(({ Name, ...config }) => ({ Name, IPAM: { Config: [config] } })),
  }) as never

test('an own address can be bound, a reserved one (RFC 1112, class E) is nobody’s', async () => {
  expect(await isOwnAddress('127.0.0.1')).toBe(true)
  expect(await isOwnAddress('240.0.2.1')).toBe(false)
})

test('containers are dialled where the gateway is an own address', async () => {
  const far = { Name: 'bridge', Subnet: '240.0.2.0/24', Gateway: '240.0.2.1' }
  expect(await dialsContainers(docker(far))).toBe(false)
  expect(await dialsContainers(docker({ ...far, Gateway: '127.0.0.1' }))).toBe(true)
  expect(await dialsContainers(docker({ Name: 'bridge', Subnet: '127.1.0.0/30' }))).toBe(true)
  expect(await dialsContainers(docker({ ...far, Name: 'podman', Subnet: '127.0.0.0/8' }))).toBe(true)
})

test('other networks tell nothing', async () => {
  expect(await dialsContainers(docker({ Name: 'mine', Subnet: '127.0.0.0/8' }))).toBeUndefined()
})
