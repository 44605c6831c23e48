import type { ContainerRuntimeClient } from 'testcontainers'
import { engineClient } from '../engine/client.ts'
import { until } from '../engine/until.ts'
import { forceAway } from '../engine/force-away.ts'
import { HarnessError } from '../errors.ts'
import { within } from '../within.ts'

export type Container = Awaited<
  ReturnType<ContainerRuntimeClient['container']['dockerode']['createContainer']>
>

/** What can be asked of a container that was started. */
export interface ContainerHandle {
  readonly id: string
  /** Id of the image that it was made from. */
  readonly image: string
  /** Exit status, once the process ended. */
  readonly exited: Promise<number>
  /** Aborted when the process ended. */
  readonly ended: AbortSignal
  /** The process that was started runs, by the engine's own word; not another one in its place. */
  isSame(): Promise<boolean>
  /** Errors: HarnessError `not-removed`. */
  remove(): Promise<void>
}

/** Milliseconds for one call of the engine. */
export const engineLimit = 30_000
/** Milliseconds the engine may take to close the streams of a process that ended. */
const drainLimit = 5_000

/** `drained` ends with the streams of the process. Errors: HarnessError `waited-too-long`; the engine's. */
export async function handleOf(container: Container, drained: Promise<void>): Promise<ContainerHandle> {
  const { image, mark } = await look(container)
  return {
    id: container.id,
    image,
    ...endOf(container, drained),
    isSame: async () => mark !== undefined && (await look(container)).mark === mark,
    remove: () => removeContainer(container.id),
  }
}

/** Asked after the start: the engine answers at once when the process has ended already. */
function endOf(container: Container, drained: Promise<void>): Pick<ContainerHandle, 'exited' | 'ended'> {
  const ended = new AbortController()
  const exited = (container.wait({ condition: 'not-running' }) as Promise<{ StatusCode: number }>)
    .then(async ({ StatusCode }) => {
      await within(drainLimit, 'the last of the log', drained).catch(() => undefined)
      return StatusCode
    })
    .finally(() => ended.abort())
  exited.catch(() => undefined)
  return { exited, ended: ended.signal }
}

/** `mark` names the process: a container that was started again has another one, an ended one has none. */
export async function look(container: Container): Promise<{ image: string; mark: string | undefined }> {
  const what = `the engine to tell of ${container.id.slice(0, 12)}`
  const { Image: image, State } = await within(engineLimit, what, container.inspect())
  return { image, mark: State.Running ? `${String(State.Pid)} ${State.StartedAt}` : undefined }
}

/** Ends when it is gone, whoever removes it. Errors: HarnessError `not-removed`. */
export async function removeContainer(id: string): Promise<void> {
  const container = (await engineClient()).container.getById(id)
  const short = id.slice(0, 12)
  try {
    const removal = forceAway(container).catch((cause: unknown) => {
      if (statusOf(cause) !== 409) throw cause
      // Somebody else removes it at this moment; its name is free when that is done.
      return until(`${short} to be gone`, engineLimit, () => isGone(container))
    })
    await within(engineLimit, `the engine to remove ${short}`, removal)
  } catch (cause) {
    if (statusOf(cause) === 404) return
    throw new HarnessError('not-removed', `The container ${short} cannot be removed: ${wordsOf(cause)}`, {
      cause,
    })
  }
}

const statusOf = (cause: unknown): number | undefined => (cause as { statusCode?: number }).statusCode

const isGone = (container: Pick<Container, 'inspect'>): Promise<true | undefined> =>
  container.inspect().then(
    () => undefined,
    (cause: unknown) => {
      if (statusOf(cause) !== 404) throw cause
      return true
    },
  )

export const wordsOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).trim()

interface Modem {
  demuxStream(from: NodeJS.ReadableStream, out: unknown, err: unknown): void
}
interface Sink {
  write(piece: Uint8Array): boolean
}

/** Splits the engine's stream of a container; resolves when the container closed its streams. */
export function split(
  container: Container,
  stream: NodeJS.ReadableStream,
  { stdout, stderr }: { readonly stdout: Sink; readonly stderr: Sink },
): Promise<void> {
  const { modem } = container as unknown as { readonly modem: Modem }
  modem.demuxStream(stream, stdout, stderr)
  return new Promise((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve())
  })
}

/** An answer of the engine. Errors: HarnessError `waited-too-long`; the engine's. */
export const asked = <T>({ name }: { readonly name: string }, act: string, answer: Promise<T>): Promise<T> =>
  within(engineLimit, `the engine to ${act} ${name}`, answer)

export const notStarted = (
  { name, image }: { readonly name: string; readonly image: string },
  cause: unknown,
): HarnessError =>
  new HarnessError('no-container', `The engine cannot start ${name} from ${image}: ${wordsOf(cause)}`, {
    cause,
  })
