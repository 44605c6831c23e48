import { HarnessError } from './errors.ts'

/**
 * What `act` comes to, when it does so within `limit` milliseconds. What it comes to later is dropped. `what` is
 * asked at the end of the time, so that it can name the last of several steps.
 * Errors: HarnessError with `code` naming what was waited for and the limit; those of `act`.
 */
export async function within<T>(
  limit: number,
  what: string | (() => string),
  act: PromiseLike<T>,
  code = 'waited-too-long',
): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const named = typeof what === 'string' ? what : what()
      reject(new HarnessError(code, `Waited ${String(limit / 1000)} s for ${named}.`))
    }, limit)
  })
  try {
    return await Promise.race([act, late])
  } finally {
    clearTimeout(timer)
  }
}
