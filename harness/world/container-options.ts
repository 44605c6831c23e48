import type { ContainerRuntimeClient } from 'testcontainers'
import { runLabel } from '../engine/client.ts'
import type { ContainerSpec } from './container.ts'
import { foldersIn, type Memory } from './memory.ts'

type Create = ContainerRuntimeClient['container']['dockerode']['createContainer']

/** What the engine is asked to create. `binds`: beside those of the container itself. `memory`: for its `tmpfs`. */
export function createOptions(
  spec: ContainerSpec,
  binds: readonly string[],
  memory: Memory = 'tmpfs',
): Parameters<Create>[0] {
  const { within, resolvConf, mounted } = spec
  const labels = { [runLabel]: spec.runId }
  return {
    name: `etcd-tls-${spec.runId}-${spec.name}`,
    Image: spec.image,
    Entrypoint: spec.command.slice(0, 1),
    Cmd: spec.command.slice(1),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: labels,
    User: '0:0',
    ...(within === undefined && { NetworkingConfig: { EndpointsConfig: endpoint(spec) } }),
    HostConfig: {
      NetworkMode: within === undefined ? spec.network.name : `container:${within.id}`,
      ...(within === undefined && { ExtraHosts: [...(spec.hosts ?? [])], Sysctls: spec.sysctls ?? {} }),
      Binds: [
        ...(mounted === undefined ? [] : [`${mounted.source}:${mounted.target}:ro`]),
        ...(resolvConf === undefined ? [] : [`${resolvConf}:/etc/resolv.conf:ro`]),
        ...binds,
      ],
      ...foldersIn(memory, spec.tmpfs, labels),
    },
  }
}

const endpoint = ({ address, network }: ContainerSpec) => ({
  [network.name]: address === undefined ? {} : { IPAMConfig: { IPv4Address: address } },
})
