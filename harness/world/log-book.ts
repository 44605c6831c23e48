import { parseLogLine } from './parse-log-line.ts'
import type { LogLine } from './log-line.ts'
import { SecretKeys } from './secret-keys.ts'

/** Bounds against a subject that never stops talking. */
const maxLines = 20_000
const maxLineLength = 4_096

type Watcher = (line: LogLine) => void

export interface LogWriter {
  write(piece: Uint8Array): boolean
  end(): void
}

/** What a member has logged so far, line by line, and who waits for the next one. */
export class LogBook {
  readonly #lines: LogLine[] = []
  readonly #watchers = new Set<Watcher>()
  readonly #keys: SecretKeys
  /** Lines or characters beyond the bounds were dropped. */
  overflowed = false

  /** @param keys what is kept nowhere: private keys, whoever says them */
  constructor(keys = new SecretKeys()) {
    this.#keys = keys
  }

  get lines(): readonly LogLine[] {
    return this.#lines
  }

  /** A stream of the process: pieces go in as they come, `end` makes what is left a line too. */
  writer(): LogWriter {
    const decoder = new TextDecoder()
    const withoutKeys = this.#keys.reader()
    let rest = ''
    return {
      write: (piece) => {
        const pieces = (rest + decoder.decode(piece, { stream: true })).split('\n')
        rest = (pieces.pop() ?? '').slice(0, maxLineLength + 1)
        for (const one of pieces) this.#add(one.replace(/\r$/, ''), withoutKeys)
        return true
      },
      end: () => {
        if (rest !== '') this.#add(rest, withoutKeys)
        rest = ''
      },
    }
  }

  /**
   * The first line from `from` on that fits, now or within `limit` milliseconds; undefined when none came.
   * `signal` ends the wait early.
   */
  waitFor(
    fits: (line: LogLine) => boolean,
    { from = 0, limit, signal }: { from?: number; limit: number; signal?: AbortSignal },
  ): Promise<LogLine | undefined> {
    const here = this.#lines.slice(from).find(fits)
    if (here !== undefined || limit <= 0 || signal?.aborted) return Promise.resolve(here)
    const { promise, resolve, reject } = Promise.withResolvers<LogLine | undefined>()
    const watcher: Watcher = (line) => {
      try {
        if (line.index >= from && fits(line)) resolve(line)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    }
    const end = (): void => resolve(undefined)
    const timer = setTimeout(end, limit)
    signal?.addEventListener('abort', end)
    this.#watchers.add(watcher)
    return promise.finally(() => {
      clearTimeout(timer)
      this.#watchers.delete(watcher)
      signal?.removeEventListener('abort', end)
    })
  }

  #add(raw: string, withoutKeys: (line: string) => string): void {
    if (this.#lines.length >= maxLines || raw.length > maxLineLength) this.overflowed = true
    if (this.#lines.length >= maxLines) return
    const line = parseLogLine(withoutKeys(raw.slice(0, maxLineLength)), this.#lines.length)
    this.#lines.push(line)
    for (const watcher of [...this.#watchers]) watcher(line)
  }
}
