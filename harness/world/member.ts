import { isFileRef, type FileRef } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import type { Observation } from '../probe/observation.ts'
import type { MemberSpec, WorldSpec } from '../scenario/world.ts'
import { configFilePath, etcdArguments, type EtcdArguments } from './arguments.ts'
import { inMemory } from './memory.ts'
import { startContainer, type ContainerSpec, type RunningContainer } from './container.ts'
import { recordOf, type MemberRecord } from './member-record.ts'
import { mountFiles, type MountedFiles } from './mounts.ts'
import type { RunNetwork } from './network.ts'
import { observeStart, type Listening, type Patience } from './observe-start.ts'
import { place, type Placement } from './placement.ts'
import type { RunningMember } from './running.ts'
import type { SecretKeys } from './secret-keys.ts'

/** Everything that is decided about a process before it starts. */
export interface MemberPlan {
  readonly name: string
  /** With texts that speak of the world's addresses. */
  readonly spec: MemberSpec
  /** What it is given beside its own options. */
  readonly base: OptionValues
  /** Address it has in the world. */
  readonly address: string
  /** Where its client listener is dialled from this host. */
  readonly dialled: Omit<Listening, 'scheme'>
  readonly peerPort: number
  readonly image: string
  /** Path of the server in the image. */
  readonly program: string
  readonly network: RunNetwork
  readonly runId: string
  /** Sets its container apart from all others of the run. */
  readonly containerName: string
  /** Of the container, beside its own: DNS, hosts file, network namespace. */
  readonly surroundings: Pick<ContainerSpec, 'resolvConf' | 'hosts' | 'within'>
  readonly files: WorldSpec['files']
  /** As in `ContainerSpec`. */
  readonly sharesFolders: boolean | undefined
  readonly patience: Patience
  /** As in `ContainerSpec`. */
  readonly keys: SecretKeys
  pem(ref: FileRef): Promise<string>
}

export interface StartedMember extends RunningMember {
  readonly container: RunningContainer
  /** The start, observed: serving, ended, or neither. */
  readonly start: Observation
  /** What was started, for the report. */
  readonly record: MemberRecord
  /** Its files, where they lie on this host. */
  readonly mount?: MountedFiles
}

/** Starts one etcd and waits until it serves or ends. Errors: HarnessError `no-container`. */
export async function startMember(plan: MemberPlan): Promise<StartedMember> {
  const { name, spec, dialled } = plan
  const placement = place(spec)
  const given = argumentsOf(plan, placement)
  const texts = await filesOf(plan, placement.files, given.configFile)
  const mount = await mountOf(plan, texts)
  const began = new Date()
  let container: RunningContainer | undefined
  try {
    container = await startContainer(containerOf(plan, given, mount === undefined ? texts : {}, mount))
    const listening = { ...dialled, scheme: spec.client ?? ('http' as const) }
    const start = await observeStart(name, listening, container, began, plan.patience)
    return {
      ...{ name, address: dialled.address, clientPort: dialled.port, peerPort: plan.peerPort },
      ...{ log: container.log, container, start, record: recordOf(plan, given) },
      ...(spec.host !== undefined && { host: spec.host }),
      ...(mount && { mount }),
    }
  } catch (error) {
    await container?.remove()
    await mount?.remove()
    throw error
  }
}

function mountOf(
  { files, surroundings }: MemberPlan,
  texts: Readonly<Record<string, string>>,
): Promise<MountedFiles | undefined> {
  if (files !== 'mounted' && files !== 'linked') return Promise.resolve(undefined)
  return mountFiles(texts, files === 'linked' ? 'linked' : 'plain', surroundings.within?.folder)
}

function argumentsOf({ spec, base, program }: MemberPlan, { path }: Placement): EtcdArguments {
  const { way, flags, literal = [], environment = {} } = spec
  const given = etcdArguments({
    options: spec.options,
    ...(way === undefined ? {} : { way }),
    ...(flags === undefined ? {} : { flags }),
    pathOf: path,
    base,
  })
  const placed = (one: string | FileRef): string => (isFileRef(one) ? path(one) : one)
  const literally = Object.entries(environment).map(([name, value]) => [name, placed(value)] as const)
  return {
    ...given,
    argv: [program, ...given.argv, ...literal.map(placed)],
    environment: { ...given.environment, ...Object.fromEntries(literally) },
  }
}

/** A restart would lose data that is kept in memory. */
function containerOf(
  plan: MemberPlan,
  { argv, environment }: EtcdArguments,
  files: Readonly<Record<string, string>>,
  mount: MountedFiles | undefined,
): ContainerSpec {
  const { network, address, runId, image, surroundings, containerName, sharesFolders, keys } = plan
  return {
    ...surroundings,
    ...{
      name: containerName,
      image,
      command: argv,
      environment,
      files,
      network,
      address,
      runId,
      sharesFolders,
      keys,
    },
    mounted: mount?.folder,
    tmpfs: mount === undefined ? [inMemory] : [],
  }
}

async function filesOf(
  plan: MemberPlan,
  refs: ReadonlyMap<string, FileRef>,
  configFile: string | undefined,
): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const [path, ref] of refs) files[path] = await plan.pem(ref)
  return configFile === undefined ? files : { ...files, [configFilePath]: configFile }
}
