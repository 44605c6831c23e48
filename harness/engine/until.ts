import { setTimeout as pause } from 'node:timers/promises'
import { HarnessError } from '../errors.ts'

/**
 * Asks again and again until the answer is not undefined, for what sends no event.
 * Errors: HarnessError `waited-too-long` naming what was waited for and the limit; the signal's reason.
 */
export async function until<T>(
  what: string,
  limit: number,
  ask: () => Promise<T | undefined> | T | undefined,
  { signal, every = 100 }: { signal?: AbortSignal | undefined; every?: number } = {},
): Promise<T> {
  const end = performance.now() + limit
  for (;;) {
    signal?.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() >= end)
      throw new HarnessError('waited-too-long', `Waited ${String(limit / 1000)} s for ${what}.`)
    await pause(every)
  }
}
