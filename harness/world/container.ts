import { engineClient, runLabel } from '../engine/client.ts'
import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'
import {
  engineLimit,
  handleOf,
  removeContainer,
  wordsOf,
  type Container,
  type ContainerHandle,
} from './container-handle.ts'
import { deliver } from './delivery.ts'
import { LogBook } from './log-book.ts'
import type { RunNetwork } from './network.ts'

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
  /** Read-only bind mounts as docker writes them: `/of/this/host:/in/the/container:ro`. */
  readonly binds?: readonly string[]
  /** Lines of /etc/hosts: `name:address`. */
  readonly hosts?: readonly string[]
  /** Settings of its own network namespace. */
  readonly sysctls?: Readonly<Record<string, string>>
  /**
   * Id of the container whose network namespace it shares; then `network` and `address` are that one's, and `hosts`,
   * too, where the engine does not share this host's folders.
   */
  readonly within?: string | undefined
  readonly runId: string
}

/** A process in a container of its own, from its start to its removal. */
export interface RunningContainer extends ContainerHandle {
  /** Both streams, line by line. */
  readonly log: LogBook
  /** The beginning of each stream as text. */
  readonly output: Readonly<Output>
}

interface Output {
  stdout: string
  stderr: string
}
interface Modem {
  demuxStream(from: NodeJS.ReadableStream, out: unknown, err: unknown): void
}
/** Characters kept of each stream, beside the log. */
const maxOutput = 65_536

/** Starts a container. Errors: HarnessError `no-container` with the engine's own words. */
export async function startContainer(spec: ContainerSpec): Promise<RunningContainer> {
  let made: Container | undefined
  const files = await deliver(filesOf(spec), spec.sharesFolders === true)
  try {
    const docker = (await engineClient()).container.dockerode
    made = await asked(spec, 'create', docker.createContainer(createOptions(spec, files.binds)))
    if (files.archive !== undefined)
      await asked(spec, 'take the files of', made.putArchive(files.archive, { path: '/' }))
    const running = await launched(made, spec, new LogBook(), { stdout: '', stderr: '' })
    return { ...running, remove: () => running.remove().finally(() => files.remove()) }
  } catch (cause) {
    if (made !== undefined) await removeContainer(made.id).catch(() => undefined)
    await files.remove()
    const message = `The engine cannot start ${spec.name} from ${spec.image}: ${wordsOf(cause)}`
    throw new HarnessError('no-container', message, { cause })
  }
}

/** Milliseconds a process has to end by itself before it is killed: with a watch open etcd takes some seconds. */
const endLimit = 20_000

/**
 * Ends the process of a container by SIGTERM and starts it again in the same container; its log goes on.
 * Errors: HarnessError `no-container` with the engine's own words.
 */
export async function restartContainer(
  name: string,
  { id, log, output, remove }: RunningContainer,
): Promise<RunningContainer> {
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
  const lines = hosts.map((one) => one.replace(/^([^:]+):(.*)$/, '$2 $1'))
  return { ...files, '/etc/hosts': ['127.0.0.1 localhost', '::1 localhost', ...lines, ''].join('\n') }
}

type Named = Pick<ContainerSpec, 'name'>

/** Starts a container that is there, and follows what its process says. */
async function launched(
  made: Container,
  named: Named,
  log: LogBook,
  output: Output,
): Promise<RunningContainer> {
  const stream = await asked(named, 'attach to', made.attach({ stream: true, stdout: true, stderr: true }))
  const { modem } = made as unknown as { readonly modem: Modem }
  const drained = readInto(stream, modem, log, output)
  await asked(named, 'start', made.start())
  return { log, output, ...(await handleOf(made, drained)) }
}

const asked = <T>({ name }: Named, act: string, answer: Promise<T>): Promise<T> =>
  within(engineLimit, `the engine to ${act} ${name}`, answer)

function createOptions(spec: ContainerSpec, binds: readonly string[]) {
  return {
    name: `etcd-tls-${spec.runId}-${spec.name}`,
    Image: spec.image,
    Entrypoint: spec.command.slice(0, 1),
    Cmd: spec.command.slice(1),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { [runLabel]: spec.runId },
    User: '0:0',
    ...(spec.within === undefined && { NetworkingConfig: { EndpointsConfig: endpoint(spec) } }),
    HostConfig: {
      NetworkMode: spec.within === undefined ? spec.network.name : `container:${spec.within}`,
      ...(spec.within === undefined && { ExtraHosts: [...(spec.hosts ?? [])], Sysctls: spec.sysctls ?? {} }),
      Binds: [...(spec.binds ?? []), ...binds],
      Tmpfs: Object.fromEntries(spec.tmpfs.map((path) => [path, 'rw'])),
    },
  }
}

const endpoint = ({ address, network }: ContainerSpec) => ({
  [network.name]: address === undefined ? {} : { IPAMConfig: { IPv4Address: address } },
})

/** Splits the engine's stream into log and text; resolves when the process closed its streams. */
function readInto(stream: NodeJS.ReadWriteStream, modem: Modem, log: LogBook, output: Output): Promise<void> {
  const sink = (name: keyof Output) => {
    const lines = log.writer()
    const decoder = new TextDecoder()
    const write = (piece: Uint8Array) => {
      const room = maxOutput - output[name].length
      if (room > 0) output[name] += decoder.decode(piece, { stream: true }).slice(0, room)
      return lines.write(piece)
    }
    return { write, end: lines.end }
  }
  const sinks = [sink('stdout'), sink('stderr')] as const
  modem.demuxStream(stream, ...sinks)
  return new Promise((resolve) => {
    const done = () => {
      for (const { end } of sinks) end()
      resolve()
    }
    stream.once('end', done).once('close', done).once('error', done)
  })
}
