import type { WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { World, type Ground } from '../world/world.ts'
import { observe } from '../probe/observe.ts'
import type { Observation } from '../probe/observation.ts'
import type { Stopwatch } from './stopwatch.ts'

/** Two equal keys are the same processes. */
export const worldKey = (spec: WorldSpec): string =>
  JSON.stringify(spec, (_, value: unknown) => (value instanceof RegExp ? value.source : value))

/** A world that is up, and what its preparation saw. */
export interface Prepared {
  readonly world: World
  readonly setup: readonly Observation[]
}

interface Entry {
  usesLeft: number
  prepared: Promise<Prepared> | undefined
  /** Ends when nobody is using the world: one cell at a time, so that log lines belong to one probe. */
  turn: Promise<unknown>
}

/** Worlds by their description: started when first needed, shared, and gone after the last planned use. */
export class WorldPool implements AsyncDisposable {
  readonly #entries = new Map<string, Entry>()
  readonly #subject: Subject
  readonly #ground: Ground
  readonly #watch: Stopwatch

  constructor(subject: Subject, ground: Ground, watch: Stopwatch) {
    this.#subject = subject
    this.#ground = ground
    this.#watch = watch
  }

  /** Announces one use of a world. Every use must be announced before the first one happens. */
  plan(spec: WorldSpec): void {
    const key = worldKey(spec)
    const entry = this.#entries.get(key)
    if (entry === undefined) this.#entries.set(key, { usesLeft: 1, prepared: undefined, turn: Promise.resolve() })
    else entry.usesLeft++
  }

  /** Lets `act` have the world to itself. Errors: those of the start and of `act`. */
  async use<T>(spec: WorldSpec, act: (prepared: Prepared) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(worldKey(spec))
    if (entry === undefined) throw new TypeError('a world was used that was not planned')
    const turn = entry.turn.then(async () => {
      try {
        return await act(await (entry.prepared ??= this.#prepare(spec)))
      } finally {
        entry.usesLeft--
        if (entry.usesLeft === 0) await this.#discard(entry)
      }
    })
    entry.turn = turn.catch(() => undefined)
    return turn
  }

  async #prepare(spec: WorldSpec): Promise<Prepared> {
    const world = await this.#watch.time('worlds', () => World.start(this.#subject, spec, this.#ground))
    const setup: Observation[] = []
    if (Object.keys(spec.members).every((name) => world.startOf(name).process?.ready))
      for (const probe of spec.setup) setup.push(await this.#watch.time('probes', () => observe(probe, world)))
    return { world, setup }
  }

  async #discard(entry: Entry): Promise<void> {
    const { prepared } = entry
    entry.prepared = undefined
    if (prepared === undefined) return
    const started = await prepared.catch(() => undefined)
    if (started !== undefined) await this.#watch.time('worlds', () => started.world[Symbol.asyncDispose](), 0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#entries.values()].map((entry) => this.#discard(entry)))
    this.#entries.clear()
  }
}
