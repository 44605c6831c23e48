import { lt } from 'semver'
import type { FileRef } from '../../fixtures/credential.ts'
import { HarnessError } from '../errors.ts'
import type { MemberSpec, WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import type { ToolImages } from '../tool/tools.ts'
import type { ContainerSpec } from './container.ts'
import { portsOf } from './endpoints.ts'
import type { Holders } from './holders.ts'
import type { MemberPlan } from './member.ts'
import type { RunNetwork } from './network.ts'
import type { Patience } from './observe-start.ts'
import type { RelayPost } from './relay.ts'
import { resolved } from './resolved.ts'
import { baseOptions, roleOf } from './roles.ts'
import type { SecretKeys } from './secret-keys.ts'
import type { WorldAddresses } from './world-addresses.ts'

/** What every process of one world shares. */
export interface Launching {
  readonly subject: Subject
  readonly spec: WorldSpec
  readonly addresses: WorldAddresses
  readonly network: RunNetwork
  readonly runId: string
  /** Sets the world apart from all others of the run. */
  readonly name: string
  readonly tools: ToolImages
  /** As in `ContainerSpec`. */
  readonly sharesFolders?: boolean | undefined
  /** DNS and hosts file. */
  readonly surroundings: Pick<ContainerSpec, 'resolvConf' | 'hosts'>
  /** The namespace of those that listen on 127.0.0.1 only. */
  readonly loopback: RelayPost | undefined
  readonly holders: Holders
  /** As in `ContainerSpec`. */
  readonly keys: SecretKeys
  pem(ref: FileRef): Promise<string>
}

interface Launch {
  readonly patience: Patience
  /** Of the process where it is not as in the world. */
  readonly spec?: MemberSpec
  readonly existing?: readonly string[]
  /** Which start it is of a process that is started several times. */
  readonly nth?: number
}

/** How a process of the world is started. Errors: HarnessError `unknown-member`, `no-relay`. */
export async function planOf(name: string, world: Launching, launch: Launch): Promise<MemberPlan> {
  const { addresses, network, runId, surroundings, loopback } = world
  const spec = resolved(launch.spec ?? memberOf(name, world.spec), (text) => addresses.resolve(text))
  const address = addresses.of(name)
  const { client, peer } = portsOf(spec)
  const relay = spec.loopback && (await loopback?.to(`127.0.0.1:${client}`))
  const { existing, patience, nth } = launch
  const program = programOf(spec, world)
  const containerName = [world.name, name, ...(nth === undefined ? [] : [String(nth)])].join('-')
  return {
    ...{ name, spec, network, runId, patience, containerName, address },
    ...program,
    base: baseOptions(name, {
      world: world.spec,
      of: (one) => addresses.of(one),
      token: `${runId}-${world.name}`,
      ...(existing && { existing }),
    }),
    dialled: relay ?? { address, port: client },
    peerPort: peer,
    surroundings: {
      ...surroundings,
      within: await (relay ? loopback?.holder() : world.holders.of(program.image, address)),
    },
    files: world.spec.files,
    sharesFolders: world.sharesFolders,
    keys: world.keys,
    pem: (ref) => world.pem(ref),
  }
}

export function memberOf(name: string, { members }: WorldSpec): MemberSpec {
  const spec = members[name]
  if (spec === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
  return spec
}

/** Before 3.2.0 brought the option nothing could turn the v2 API off. */
const alwaysServesV2 = (etcd: string): boolean => lt(etcd, '3.2.0')

/** The subject, or for a service what has the v2 API where the subject has not. */
function programOf(spec: MemberSpec, { subject, tools }: Launching): Pick<MemberPlan, 'image' | 'program'> {
  const service = tools['v2-service']
  const lacksV2 = !subject.flags.includes('enable-v2') && !alwaysServesV2(subject.etcd)
  if (roleOf(spec) === 'service' && lacksV2 && service !== undefined)
    return { image: service, program: 'etcd' }
  return { image: subject.reference, program: subject.commands.etcd }
}
