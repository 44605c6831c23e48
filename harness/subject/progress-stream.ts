import { createInterface } from 'node:readline'

/** Limits in milliseconds: until the first word of the engine, and between two words. */
export interface ProgressLimits {
  readonly first?: number
  readonly idle: number
}

/**
 * Reads the engine's JSON lines of a pull or an import to their end; the engine reports errors in them.
 * Errors: Error with the engine's own words, or naming the limit; the reason of the signal.
 */
export async function followProgress(
  stream: NodeJS.ReadableStream,
  signal: AbortSignal,
  { first, idle }: ProgressLimits,
): Promise<void> {
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const within = (limit: number): NodeJS.Timeout =>
    setTimeout(() => reject(new Error(`no word for ${String(limit / 1000)} s`)), limit)
  let timer = within(first ?? idle)
  const onAbort = (): void => reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    signal.throwIfAborted()
    await Promise.race([
      stopped,
      readLines(stream, () => {
        clearTimeout(timer)
        timer = within(idle)
      }),
    ])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
    ;(stream as NodeJS.ReadableStream & { destroy?: () => void }).destroy?.()
  }
}

async function readLines(stream: NodeJS.ReadableStream, onLine: () => void): Promise<void> {
  const failed = Promise.withResolvers<never>()
  stream.once('error', failed.reject)
  const lines = createInterface({ input: stream, crlfDelay: Infinity })
  const read = async (): Promise<void> => {
    for await (const line of lines) {
      onLine()
      const { error } = parsed(line)
      if (error !== undefined) throw new Error(error)
    }
  }
  await Promise.race([failed.promise, read()])
}

function parsed(line: string): { error?: string } {
  try {
    return JSON.parse(line) as { error?: string }
  } catch {
    return {}
  }
}
