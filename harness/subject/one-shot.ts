import { HarnessError } from '../errors.ts'
import { runLabel } from '../engine/client.ts'
import type { Surroundings } from './road.ts'

export interface OneShot {
  readonly exit: number
  readonly output: string
}

/** Limits of one command: a build that is no etcd may never end, or never stop talking. */
const limits = { milliseconds: 20_000, bytes: 512 * 1024 }

/**
 * Runs one command of an image in a container of its own, without network and without a log on the engine's
 * disk, and takes the container away again. The output is standard output and error, in the order it came.
 * @param limit milliseconds
 * Errors: `command-hangs`, `command-floods`, `command-missing` (exit 2, it is the build's fault); the reason of
 * the signal.
 */
export async function runOnce(
  image: string,
  command: readonly string[],
  { engine, runId, signal }: Surroundings,
  limit = limits.milliseconds,
): Promise<OneShot> {
  signal.throwIfAborted()
  const [program = '', ...args] = command
  const container = await engine.container.create({
    Image: image,
    Entrypoint: [program],
    Cmd: args,
    Env: [],
    Labels: { [runLabel]: runId },
    NetworkDisabled: true,
    HostConfig: { NetworkMode: 'none', LogConfig: { Type: 'none', Config: {} }, PidsLimit: 256 },
  })
  try {
    const stream = await engine.container.attach(container)
    return await within(limit, shown(command), signal, async () => {
      await container.start().catch((cause: unknown) => {
        throw missing(shown(command), cause)
      })
      const output = await readAll(stream, shown(command))
      const { StatusCode: exit } = (await container.wait()) as { StatusCode: number }
      return { exit, output }
    })
  } finally {
    await container.remove({ force: true, v: true })
  }
}

const shown = (command: readonly string[]): string => `\`${command.join(' ')}\``

const missing = (command: string, cause: unknown): HarnessError =>
  new HarnessError(
    'command-missing',
    `The image cannot run ${command}; is it an etcd for this machine's architecture?`,
    { cause, exit: 2 },
  )

/** Ends the work at the limit or with the signal; what it waits for ends when its container is removed. */
async function within<T>(
  milliseconds: number,
  command: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () =>
      reject(
        noEtcd(
          'command-hangs',
          `${command} of the build did not end within ${String(milliseconds / 1000)} s`,
        ),
      ),
    milliseconds,
  )
  const onAbort = (): void => reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  const done = work()
  done.catch(() => undefined)
  try {
    return await Promise.race([stopped, done])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Reads until the container closes its outputs, or has said too much. */
async function readAll(stream: NodeJS.ReadableStream, command: string): Promise<string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.length > limits.bytes)
      throw noEtcd(
        'command-floods',
        `${command} of the build wrote more than ${String(limits.bytes / 1024)} KiB`,
      )
  }
  return text
}

const noEtcd = (code: string, what: string): HarnessError =>
  new HarnessError(code, `${what}; it is no etcd.`, { exit: 2 })
