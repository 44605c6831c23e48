import { createInterface } from 'node:readline'
import type { Duplex, Readable } from 'node:stream'
import { z } from 'zod'
import { HarnessError } from '../errors.ts'

/** A process that is to be started. */
export interface Start {
  readonly argv: readonly string[]
  /** `NAME=value`, beside what the image sets. */
  readonly env: readonly string[]
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>
  /** Path → where it leads. */
  readonly links: Readonly<Record<string, string>>
  /** It has no files, or has them already: nothing is cleaned or written for it. */
  readonly beside: boolean
}
type Deed =
  | ({ readonly do: 'start' } & Start)
  | { readonly do: 'relay'; readonly listen: string; readonly to: string }
  | { readonly do: 'end' | 'stop' | 'ask' }
/** What the init of a berth is told, one line each (`order` of docker/init/main.go). */
type Order = { readonly id: number } & Deed

const News = z.object({
  id: z.number(),
  is: z.enum(['ready', 'started', 'failed', 'unclean', 'said', 'ended', 'there', 'gone']),
  why: z.string().default(''),
  to: z.enum(['stdout', 'stderr']).default('stderr'),
  bytes: z.string().default(''),
  status: z.number().default(0),
})
/** What it tells (`news` of docker/init/main.go). */
export type News = z.infer<typeof News>

/** The conversation with the init of one berth, over the standard streams of its container. */
export class InitTalk {
  readonly #to: Duplex
  readonly #listeners = new Map<number, (news: News) => void>()
  readonly #over = new AbortController()
  #processes = 0

  /** `to`: its input. `from`: its output alone. */
  constructor(to: Duplex, from: Readable) {
    this.#to = to
    to.on('error', () => this.#over.abort())
    const lines = createInterface({ input: from })
    lines.on('line', (line) => this.#hear(line))
    lines.once('close', () => this.#over.abort())
  }

  /** Aborted when it says no more, or what nobody understands. */
  get over(): AbortSignal {
    return this.#over.signal
  }

  /** Until it has looked around. Errors: Error with its own words, or that it ended. */
  ready(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.listen(0, ({ is, why }) => (is === 'ready' ? resolve() : reject(new Error(why))))
    this.over.addEventListener('abort', () => reject(new Error('its init ended')), { once: true })
    return promise
  }

  /** Names the next process. */
  number(): number {
    return ++this.#processes
  }

  tell(order: Order): void {
    this.#to.write(`${JSON.stringify(order)}\n`)
  }

  /** Tells it something, and gives its next word of that. Errors: HarnessError `berth-lost`. */
  async answer(order: Order): Promise<News> {
    const { promise, resolve, reject } = Promise.withResolvers<News>()
    const lose = (): void => reject(new HarnessError('berth-lost', 'The init of a container is gone.'))
    this.over.addEventListener('abort', lose)
    if (this.over.aborted) lose()
    this.listen(order.id, resolve)
    this.tell(order)
    return promise.finally(() => {
      this.over.removeEventListener('abort', lose)
      this.listen(order.id, undefined)
    })
  }

  /** Everything it says of one process goes to `listener`, until that is taken off with undefined. */
  listen(id: number, listener: ((news: News) => void) | undefined): void {
    if (listener === undefined) this.#listeners.delete(id)
    else this.#listeners.set(id, listener)
  }

  #hear(line: string): void {
    const news = read(line)
    if (news === undefined) this.end()
    else this.#listeners.get(news.id)?.(news)
  }

  /** Closes its input: it ends, and its container with it. */
  end(): void {
    this.#over.abort()
    this.#to.end()
  }
}

function read(line: string): News | undefined {
  try {
    return News.parse(JSON.parse(line))
  } catch {
    return undefined
  }
}
