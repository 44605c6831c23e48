import { availableParallelism } from 'node:os'
import { standingOf } from '../../reports/index.ts'
import type { CellResult } from '../../reports/schema.ts'
import { HarnessError } from '../errors.ts'
import type { Scenario } from '../scenario/claim.ts'
import type { Subject } from '../subject/subject.ts'
import type { Ground } from '../world/world.ts'
import { notApplicable } from './release/applicability.ts'
import { cellsOf, sectionOf, type CatalogueCell } from './catalogue/cells.ts'
import { cellResult, notAsked, unfinished } from './cell-result.ts'
import { worldsOf } from './gather/gather.ts'
import type { Late } from './gather/judged-anew.ts'
import type { Keep } from './gather/keep-gathered.ts'
import { onlyIds } from './catalogue/only.ts'
import { spelt } from './release/spelling.ts'
import { Stopwatch } from './gather/stopwatch.ts'
import { worldMaker, type Prepared } from './worlds/prepare-world.ts'
import { endsToTell, type WorldEnd } from './worlds/world-end.ts'
import { WorkQueue } from './worlds/work-queue.ts'
import { WorldPool } from './worlds/world-pool.ts'

/** Worlds that are up at the same time. Most of a world is waiting for the engine, the rest is the processors'. */
const lanes = 1 + 3 * Math.max(2, Math.min(8, availableParallelism()))

/** Which cells are played. */
interface Chosen {
  /** Globs of ids; none: every cell. */
  readonly only: readonly string[]
  /** Ids of those that are not. */
  readonly reused?: readonly string[]
}

/** The cells of all scenario files on one subject: worlds shared, whatever file asks for them, several at a time. */
export class SubjectRun {
  readonly cells: readonly CatalogueCell[]
  readonly watch = new Stopwatch()
  readonly #subject: Subject
  readonly #results = new Map<string, PromiseWithResolvers<CellResult>>()
  /** What is done, by its cell. */
  readonly #done = new Map<string, CellResult>()
  /** Cells that nobody has waited for yet. */
  readonly #unasked: Set<string>
  readonly #ends: WorldEnd[] = []
  readonly #makerOf: typeof worldMaker
  readonly #keep: Keep | undefined
  readonly #stop = new AbortController()
  #running: Promise<void> | undefined

  /** `scenarios` in the order in which their results are wanted. */
  constructor(
    scenarios: readonly Scenario[],
    subject: Subject,
    { only, reused = [] }: Chosen,
    makerOf = worldMaker,
    keep?: Keep,
  ) {
    this.#makerOf = makerOf
    this.#keep = keep
    this.#subject = subject
    const notPlayed = new Set(reused)
    this.cells = scenarios
      .flatMap(cellsOf)
      .filter(onlyIds(only))
      .filter(({ cellId }) => !notPlayed.has(cellId))
      .map((cell) => ({ ...cell, cell: spelt(cell.cell, subject.etcd) }))
    for (const { cellId } of this.cells) this.#results.set(cellId, Promise.withResolvers())
    this.#unasked = new Set(this.#results.keys())
  }

  /** Starts the run if it was not started, and waits for one cell. Never throws for what a subject does. */
  async result(cellId: string, ground: () => Promise<Ground>): Promise<CellResult> {
    this.#running ??= this.#run(ground)
    this.#unasked.delete(cellId)
    const result = this.#results.get(cellId)
    if (result === undefined) throw new TypeError(`${cellId} is not a cell of this run`)
    return result.promise
  }

  /**
   * To be called when whoever waited for these cells has gone: when nobody is left to come, or one of them was never
   * waited for, which is how a cancelled runner shows, it ends when the last world is gone, and says true.
   */
  async leave(cellIds: readonly string[]): Promise<boolean> {
    if (cellIds.some((cellId) => this.#unasked.has(cellId))) this.stop()
    if (this.#unasked.size > 0 && !this.#stop.signal.aborted) return false
    await this.#running
    return true
  }

  /** What was done before the run was ended and nobody has waited for. */
  untaken(): CellResult[] {
    return [...this.#done].flatMap(([cellId, result]) => (this.#unasked.has(cellId) ? [result] : []))
  }

  /** The cells whose worlds ended by themselves, known when the last of them is gone: their results do not stand. */
  late(): Late[] {
    const isKept = (cellId: string): boolean => {
      const result = this.#done.get(cellId)
      return result !== undefined && ['as-promised', 'as-declared'].includes(standingOf(result))
    }
    const told = endsToTell(this.#ends, isKept)
    return this.cells.flatMap((cell) => {
      const [result, endedLater] = [this.#done.get(cell.cellId), told.get(cell.cellId)]
      return result === undefined || endedLater === undefined ? [] : [{ cell, result, endedLater }]
    })
  }

  /** Once the run is ended others than we may take what is left away. */
  #learn(end: WorldEnd): void {
    if (!this.#stop.signal.aborted) this.#ends.push(end)
  }

  /**
   * Ends the run: what is not done is told as such, and the worlds go. It is told before the first of them does: what
   * a cell sees from now on is how its world is taken away, and is judged by nobody.
   */
  stop(): void {
    this.#settleAll(new HarnessError('run-ended', 'The run was ended before this cell was done.'))
    this.#stop.abort()
  }

  async #run(ground: () => Promise<Ground>): Promise<void> {
    try {
      if (this.#stop.signal.aborted) return
      await this.#play(
        this.cells.filter((cell) => !this.#settleInapplicable(cell)),
        await ground(),
      )
    } catch (error) {
      this.#settleAll(error)
    }
  }

  async #play(cells: readonly CatalogueCell[], ground: Ground): Promise<void> {
    await using pool = new WorldPool(
      this.#makerOf(this.#subject, ground, this.watch, (end) => this.#learn(end)),
    )
    for (const { cell } of cells) for (const world of worldsOf(cell)) pool.plan(world)
    const queue = new WorkQueue(cells)
    const settled = (): void => ground.settled?.(pool.ahead())
    const done = Promise.all(
      Array.from({ length: lanes }, (_, lane) => this.#lane(lane, queue, pool, settled)),
    )
    await Promise.race([done, aborted(this.#stop.signal)])
  }

  /** Takes group after group, each in one world. */
  async #lane(lane: number, queue: WorkQueue, pool: WorldPool<Prepared>, settled: () => void): Promise<void> {
    for (let group = queue.next(lane); group !== undefined; group = queue.next(lane))
      for (const cell of group) {
        if (this.#stop.signal.aborted) return
        this.#finish(cell, await cellResult(cell, this.#subject, pool, this.watch, this.#keep))
        settled()
      }
  }

  /** A cell that has its result keeps it. */
  #settleAll(error: unknown): void {
    for (const cell of this.cells) this.#settle(cell, unfinished(cell, this.#subject, error))
  }

  #settleInapplicable(cell: CatalogueCell): boolean {
    const reason = notApplicable(sectionOf(cell), cell.cell, this.#subject)
    if (reason !== undefined) this.#finish(cell, notAsked(cell, this.#subject, reason))
    return reason !== undefined
  }

  /** What comes after the end of the run is nobody's. */
  #finish(cell: CatalogueCell, result: CellResult): void {
    if (!this.#stop.signal.aborted) this.#done.set(cell.cellId, result)
    this.#settle(cell, result)
  }

  #settle({ cellId }: CatalogueCell, result: CellResult): void {
    this.#results.get(cellId)?.resolve(result)
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
