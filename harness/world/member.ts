import { isFileRef, type FileRef } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import type { Observation } from '../probe/observation.ts'
import type { MemberSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { configFilePath, etcdArguments } from './arguments.ts'
import { startContainer, type RunningContainer } from './container.ts'
import type { RunNetwork } from './network.ts'
import { observeStart } from './observe-start.ts'
import { place } from './placement.ts'
import type { RunningMember } from './running.ts'

export const clientPort = 2379
export const peerPort = 2380

export interface MemberPlan {
  readonly name: string
  readonly spec: MemberSpec
  readonly address: string
  readonly subject: Subject
  readonly network: RunNetwork
  readonly runId: string
  /** Names containers apart. */
  readonly world: string
  pem(ref: FileRef): Promise<string>
}

export interface StartedMember extends RunningMember {
  readonly container: RunningContainer
  /** The start, observed: serving, ended, or neither. */
  readonly start: Observation
  /** What was started, for the report. */
  readonly record: MemberRecord
}
export interface MemberRecord {
  readonly name: string
  readonly address: string
  /** argv */
  readonly command: string[]
  readonly environment: Record<string, string>
  readonly configFile?: string
}

/** Starts one etcd and waits until it serves or ends. Errors: HarnessError `no-container`. */
export async function startMember(plan: MemberPlan): Promise<StartedMember> {
  const { name, address, spec, subject } = plan
  const placement = place(spec)
  const given = etcdArguments({
    options: spec.options,
    ...(spec.way === undefined ? {} : { way: spec.way }),
    pathOf: (ref) => placement.path(ref),
    base: baseOptions(plan),
  })
  const environment = { ...given.environment, ...literalEnvironment(spec, placement.path) }
  const files = await filesOf(plan, placement.files, given.configFile)
  const command = [subject.commands.etcd, ...given.argv]
  const listening = { address, port: clientPort, scheme: spec.client ?? 'http' }
  const at = new Date()
  const container = await startContainer({
    name: `${plan.world}-${name}`,
    image: subject.reference,
    command,
    environment,
    files,
    network: plan.network,
    address,
    tmpfs: ['/var/lib/etcd-tls'],
    runId: plan.runId,
  })
  const start = await observeStart(name, listening, container, at).catch(async (error: unknown) => {
    await container.remove()
    throw error
  })
  const record = {
    name,
    address,
    command,
    environment,
    ...(given.configFile === undefined ? {} : { configFile: given.configFile }),
  }
  return { name, address, clientPort, peerPort, log: container.log, container, start, record }
}

/** Name, URLs and fast timers; the data directory is kept in memory. */
function baseOptions({ name, address, spec }: MemberPlan): OptionValues {
  const client = `${spec.client ?? 'http'}://${address}:${String(clientPort)}`
  const peer = `${spec.peer ?? 'http'}://${address}:${String(peerPort)}`
  return {
    name,
    'data-dir': '/var/lib/etcd-tls/data',
    'listen-client-urls': client,
    'advertise-client-urls': `${spec.advertises ?? spec.client ?? 'http'}://${address}:${String(clientPort)}`,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `${name}=${peer}`,
    'heartbeat-interval': 10,
    'election-timeout': 50,
  }
}

function literalEnvironment(spec: MemberSpec, path: (ref: FileRef) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(spec.environment ?? {}).map(([name, value]) => [
      name,
      isFileRef(value) ? path(value) : value,
    ]),
  )
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
