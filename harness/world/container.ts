import { engineClient } from '../engine/client.ts'
import { HarnessError } from '../errors.ts'
import {
  asked,
  handleOf,
  notStarted,
  removeContainer,
  split,
  wordsOf,
  type Container,
  type ContainerHandle,
} from './container-handle.ts'
import { deliver } from './delivery.ts'
import { createOptions } from './container-options.ts'
import { LogBook } from './log-book.ts'
import type { MountedFolder } from './mounts.ts'
import { hostsFile } from './hosts-file.ts'
import { emptyOutput, streamsInto, type Output } from './streams.ts'
import type { RunNetwork } from './network.ts'
import type { SecretKeys } from './secret-keys.ts'

export interface ContainerSpec {
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Path in the container → text; owner root, mode 0600. */
  readonly files: Readonly<Record<string, string>>
  /** The engine sees this host's folders: files are mounted, else copied. */
  readonly sharesFolders?: boolean | undefined
  readonly network: RunNetwork
  readonly address?: string | undefined
  /** Paths that are kept in memory. */
  readonly tmpfs: readonly string[]
  readonly mounted?: MountedFolder | undefined
  /** File of this host that is its /etc/resolv.conf. */
  readonly resolvConf?: string | undefined
  /** Lines of /etc/hosts: `name:address`. */
  readonly hosts?: readonly string[]
  /** Settings of its own network namespace. */
  readonly sysctls?: Readonly<Record<string, string>>
  /**
   * Whose network namespace it shares; then `network` and `address` are that one's, and `hosts`,
   * too, where the engine does not share this host's folders.
   */
  readonly within?: Holder | undefined
  readonly runId: string
  /** Private keys of which nothing is kept that the process says. */
  readonly keys?: SecretKeys
}

/** A process in a container, from its start to its removal. */
export interface RunningContainer extends ContainerHandle {
  /** Both streams, line by line. */
  readonly log: LogBook
  /** The beginning of each stream as text. */
  readonly output: Readonly<Output>
  /** Where it is not the engine that ends it by SIGTERM, within so many milliseconds, and starts it again. */
  again?(limit: number): Promise<RunningContainer>
}

/** A container whose network namespace others share. */
export interface Holder {
  readonly id: string
  /** Path of a folder of this host that it has: processes that it takes in can have their mounted files there. */
  readonly folder?: string
  /** Starts a process in this very container; undefined where that cannot be, or not now. Errors: HarnessError `no-container`. */
  takeIn?(spec: ContainerSpec): Promise<RunningContainer | undefined>
  /**
   * Starts a TCP relay: who connects to the port goes on to the endpoint, `10.138.0.2:2379`, from here.
   * Errors: HarnessError `no-relay`, `berth-lost`.
   */
  relay?(port: number, endpoint: string): Promise<{ remove(): Promise<void> }>
  /** Errors: HarnessError `berth-lost` where it is gone; `waited-too-long`. */
  demandStanding?(): Promise<void>
}

/**
 * Starts a process in the container whose namespace it is to share where that takes it in, else in one of its own.
 * Errors: HarnessError `no-container` with the engine's own words.
 */
export const startContainer = async (spec: ContainerSpec): Promise<RunningContainer> =>
  (await spec.within?.takeIn?.(spec)) ?? startOwn(spec)

async function startOwn(spec: ContainerSpec): Promise<RunningContainer> {
  let made: Container | undefined
  const files = await deliver(filesOf(spec), spec.sharesFolders === true)
  try {
    const docker = (await engineClient()).container.dockerode
    made = await asked(spec, 'create', docker.createContainer(createOptions(spec, files.binds)))
    if (files.archive !== undefined)
      await asked(spec, 'take the files of', made.putArchive(files.archive, { path: '/' }))
    const running = await launched(made, spec, new LogBook(spec.keys), emptyOutput())
    return { ...running, remove: () => running.remove().finally(() => files.remove()) }
  } catch (cause) {
    if (made !== undefined) await removeContainer(made.id).catch(() => undefined)
    await files.remove()
    throw notStarted(spec, cause)
  }
}

/** Milliseconds a process has to end by itself before it is killed: with a watch open etcd takes some seconds. */
const endLimit = 20_000

/**
 * Ends the process of a container by SIGTERM and starts it again in the same container; its log goes on.
 * Errors: HarnessError `no-container` with the engine's own words.
 */
export async function restartContainer(name: string, running: RunningContainer): Promise<RunningContainer> {
  if (running.again !== undefined) return running.again(endLimit)
  const { id, log, output, remove } = running
  try {
    const made = (await engineClient()).container.dockerode.getContainer(id)
    await asked({ name }, 'stop', made.stop({ t: endLimit / 1000 }))
    return { ...(await launched(made, { name }, log, output)), remove }
  } catch (cause) {
    const message = `The engine cannot start ${name} again: ${wordsOf(cause)}`
    throw new HarnessError('no-container', message, { cause })
  }
}

/** An engine writes no hosts file for who shares a namespace. */
function filesOf({ files, hosts = [], within: held, sharesFolders }: ContainerSpec): ContainerSpec['files'] {
  if (held === undefined || sharesFolders !== true || hosts.length === 0) return files
  return { ...files, '/etc/hosts': hostsFile(hosts) }
}

/** Starts a container that is there, and follows what its process says. */
async function launched(
  made: Container,
  named: Pick<ContainerSpec, 'name'>,
  log: LogBook,
  output: Output,
): Promise<RunningContainer> {
  const stream = await asked(named, 'attach to', made.attach({ stream: true, stdout: true, stderr: true }))
  const streams = streamsInto(log, output)
  const drained = split(made, stream, streams).then(() => streams.end())
  await asked(named, 'start', made.start())
  return { log, output, ...(await handleOf(made, drained)) }
}
