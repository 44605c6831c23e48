import { HarnessError } from '../../errors.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import { within } from '../../within.ts'
import type { Trail } from '../gather/trail.ts'

/** Milliseconds one cell may have a world to itself, its start among them. Every wait within has a shorter one. */
export const useLimit = 60_000
/** Milliseconds a world may take to go. The sweep at the end of the run takes what stays. */
const discardLimit = 35_000

/**
 * Two equal keys are the same processes. A flag is how options go where nothing is said; an option that is undefined takes
 * one of `baseOptions` away, which JSON would not tell from silence.
 */
export const worldKey = (spec: WorldSpec): string =>
  JSON.stringify(spec, (name, value: unknown) => {
    if (name === 'way' && value === 'flag') return undefined
    if (value === undefined) return { taken: 'away' }
    return value instanceof RegExp ? String(value) : value
  })

interface Entry<W> {
  readonly spec: WorldSpec
  usesLeft: number
  world: Promise<W> | undefined
  /** Cells that had this world. */
  served: string[]
  /** Ends when nobody is using the world: one cell at a time, so that log lines belong to one probe. */
  turn: Promise<unknown>
}

type Act<W, T> = (world: W, spend: () => void) => Promise<T>

export interface Maker<W> {
  /** Starts a world. */
  make(spec: WorldSpec, trail: Trail): Promise<W>
  /** Takes it away again; `served` names the cells that had it, in their order. */
  remove(world: W, served: readonly string[]): Promise<void>
  /** Asked before each use but the first; one that is not usable any more makes room for another. */
  isUsable?(world: W): boolean
}

/** Worlds by their description: started when first needed, shared, and gone after the last planned use. */
export class WorldPool<W> implements AsyncDisposable {
  readonly #entries = new Map<string, Entry<W>>()
  readonly #maker: Maker<W>
  readonly #limit: number
  #closed = false

  constructor(maker: Maker<W>, limit = useLimit) {
    this.#maker = maker
    this.#limit = limit
  }

  /** Announces one use of a world. Every use must be announced before the first one happens. */
  plan(spec: WorldSpec): void {
    const key = worldKey(spec)
    const entry = this.#entries.get(key)
    if (entry === undefined)
      this.#entries.set(key, { spec, usesLeft: 1, world: undefined, served: [], turn: Promise.resolve() })
    else entry.usesLeft++
  }

  /** The worlds that are yet to be started. */
  ahead(): WorldSpec[] {
    const waiting = [...this.#entries.values()].filter(
      ({ world, usesLeft }) => world === undefined && usesLeft > 0,
    )
    return waiting.map(({ spec }) => spec)
  }

  /** Says that a planned use will not happen. */
  async skip(spec: WorldSpec): Promise<void> {
    const entry = this.#entry(spec)
    entry.turn = entry.turn.then(() => this.#used(entry))
    await entry.turn
  }

  /**
   * Lets `act` have the world to itself. `spend` says that nobody else can use it: the next one gets another.
   * Errors: those of the start and of `act`; HarnessError `cell-limit` naming what was waited for, `run-ended`.
   */
  async use<T>(spec: WorldSpec, trail: Trail, act: Act<W, T>): Promise<T> {
    const entry = this.#entry(spec)
    const turn = entry.turn.then(() => this.#turn(entry, spec, trail, act))
    entry.turn = turn.catch(() => undefined)
    return turn
  }

  #entry(spec: WorldSpec): Entry<W> {
    const entry = this.#entries.get(worldKey(spec))
    if (entry === undefined) throw new TypeError('a world was used that was not planned')
    return entry
  }

  async #turn<T>(entry: Entry<W>, spec: WorldSpec, trail: Trail, act: Act<W, T>): Promise<T> {
    await this.#renew(entry)
    if (this.#closed) throw new HarnessError('run-ended', 'The run was ended before this cell.')
    entry.served.push(trail.cell)
    const left = { spent: false }
    const spend = (): void => void (left.spent = true)
    const work = async (): Promise<T> => act(await (entry.world ??= this.#maker.make(spec, trail)), spend)
    try {
      return await within(this.#limit, () => trail.now, work(), 'cell-limit')
    } catch (error) {
      // Whoever hangs in it may still be there: the next cell gets a world of its own.
      if (error instanceof HarnessError) await this.#discard(entry)
      throw error
    } finally {
      if (left.spent) await this.#discard(entry)
      await this.#used(entry)
    }
  }

  /** A world that went bad meanwhile is nobody's to use; why it did is asked as it is removed. */
  async #renew(entry: Entry<W>): Promise<void> {
    const world = await entry.world?.catch(() => undefined)
    if (world !== undefined && this.#maker.isUsable?.(world) === false) await this.#discard(entry)
  }

  async #used(entry: Entry<W>): Promise<void> {
    entry.usesLeft--
    if (entry.usesLeft <= 0) await this.#discard(entry)
  }

  /** What cannot be removed here is left to the sweep at the end of the run, which tells of it. */
  async #discard(entry: Entry<W>): Promise<void> {
    const { world, served } = entry
    entry.world = undefined
    entry.served = []
    if (world === undefined) return
    const gone = world.then(
      (started) => this.#maker.remove(started, served),
      () => undefined,
    )
    await within(discardLimit, 'a world to go', gone).catch(() => undefined)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await Promise.all([...this.#entries.values()].map((entry) => this.#discard(entry)))
  }
}
