import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { engineClient, runLabel } from '../engine/client.ts'
import { HarnessError } from '../errors.ts'
import { LogBook } from './log-book.ts'
import type { RunNetwork } from './network.ts'

export interface ContainerSpec {
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Path in the container → text; owner root, mode 0600. */
  readonly files: Readonly<Record<string, string>>
  readonly network: RunNetwork
  readonly address?: string | undefined
  /** Paths that are kept in memory. */
  readonly tmpfs: readonly string[]
  readonly runId: string
}

/** A process in a container of its own, from its start to its removal. */
export interface RunningContainer {
  readonly id: string
  /** Both streams, line by line. */
  readonly log: LogBook
  /** The beginning of each stream as text. */
  readonly output: Readonly<Output>
  /** Exit status, once the process ended. */
  readonly exited: Promise<number>
  /** Aborted when the process ended. */
  readonly ended: AbortSignal
  remove(): Promise<void>
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
  const client = await engineClient()
  const docker = client.container.dockerode
  let id: string | undefined
  try {
    const container = await docker.createContainer(createOptions(spec))
    id = container.id
    if (Object.keys(spec.files).length > 0) await container.putArchive(archive(spec.files), { path: '/' })
    const stream = await container.attach({ stream: true, stdout: true, stderr: true })
    const log = new LogBook()
    const output = { stdout: '', stderr: '' }
    const drained = readInto(stream, docker.modem as Modem, log, output)
    // Asked before the start, or a process that ends at once is missed.
    const waiting = container.wait({ condition: 'next-exit' }) as Promise<{ StatusCode: number }>
    await container.start()
    const ended = new AbortController()
    const exited = Promise.all([waiting, drained]).then(([{ StatusCode }]) => {
      ended.abort()
      return StatusCode
    })
    exited.catch(() => ended.abort())
    return { id, log, output, exited, ended: ended.signal, remove: () => removeContainer(container.id) }
  } catch (cause) {
    if (id !== undefined) await removeContainer(id)
    throw new HarnessError('no-container', `The engine cannot start ${spec.name} from ${spec.image}: ${String(cause)}`, {
      cause,
    })
  }
}

function createOptions(spec: ContainerSpec) {
  const endpoint = spec.address === undefined ? {} : { IPAMConfig: { IPv4Address: spec.address } }
  return {
    name: `etcd-tls-${spec.runId}-${spec.name}`,
    Image: spec.image,
    Entrypoint: spec.command.slice(0, 1),
    Cmd: spec.command.slice(1),
    Env: Object.entries(spec.environment).map(([name, value]) => `${name}=${value}`),
    Labels: { [runLabel]: spec.runId },
    User: '0:0',
    NetworkingConfig: { EndpointsConfig: { [spec.network.name]: endpoint } },
    HostConfig: {
      NetworkMode: spec.network.name,
      Tmpfs: Object.fromEntries(spec.tmpfs.map((path) => [path, 'rw'])),
    },
  }
}

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

function archive(files: Readonly<Record<string, string>>): Readable {
  const tar = pack()
  for (const [path, text] of Object.entries(files)) tar.entry({ name: path.replace(/^\//, ''), mode: 0o600 }, text)
  tar.finalize()
  return Readable.from(tar)
}

async function removeContainer(id: string): Promise<void> {
  const client = await engineClient()
  try {
    await client.container.getById(id).remove({ force: true, v: true })
  } catch (cause) {
    const status = (cause as { statusCode?: number }).statusCode
    // Gone already, or being removed by a sweep at this moment.
    if (status !== 404 && status !== 409)
      throw new HarnessError('not-removed', `The container ${id.slice(0, 12)} cannot be removed: ${String(cause)}`, {
        cause,
      })
  }
}
