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
 * Errors: `command-hangs`, `command-floods`, `command-missing` (exit 2, it is the build's fault); the reason of
 * the signal.
 */
export async function runOnce(
  image: string,
  command: readonly string[],
  { engine, runId, signal }: Surroundings,
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
    const output = collect(await engine.container.attach(container), shown(command), signal)
    const ended = container.wait() as Promise<{ StatusCode: number }>
    try {
      await container.start()
    } catch (cause) {
      output.catch(() => undefined)
      ended.catch(() => undefined)
      throw missing(shown(command), cause)
    }
    const text = await output
    return { exit: (await ended).StatusCode, output: text }
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

/** Reads to the end; the container's own end closes the stream. */
async function collect(stream: NodeJS.ReadableStream, command: string, signal: AbortSignal): Promise<string> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (code: string, what: string): void =>
    reject(new HarnessError(code, `${command} of the build ${what}; it is no etcd.`, { exit: 2 }))
  const timer = setTimeout(
    () => stop('command-hangs', `did not end within ${String(limits.milliseconds / 1000)} s`),
    limits.milliseconds,
  )
  const onAbort = (): void => reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  let text = ''
  const read = async (): Promise<string> => {
    for await (const chunk of stream) {
      text += String(chunk)
      if (text.length > limits.bytes)
        stop('command-floods', `wrote more than ${String(limits.bytes / 1024)} KiB`)
      if (text.length > limits.bytes) break
    }
    return text
  }
  try {
    const whole = read()
    whole.catch(() => undefined)
    return await Promise.race([stopped, whole])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
