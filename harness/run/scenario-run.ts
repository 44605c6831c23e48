import type { CellResult } from '../../reports/schema.ts'
import type { Scenario } from '../scenario/claim.ts'
import type { Subject } from '../subject/subject.ts'
import type { Ground } from '../world/world.ts'
import { notApplicable } from './applicability.ts'
import { cellsOf, type CatalogueCell } from './catalogue.ts'
import { cellResult, notAsked, unfinished } from './cell-result.ts'
import { worldsOf } from './gather.ts'
import { onlyIds } from './only.ts'
import { Stopwatch } from './stopwatch.ts'
import { worldKey, WorldPool } from './world-pool.ts'

/** Worlds that are up at the same time in one worker. */
const lanes = 2

/** The cells of one scenario file on one subject: worlds shared, several at a time. */
export class ScenarioRun {
  readonly cells: readonly CatalogueCell[]
  readonly watch = new Stopwatch()
  readonly #section: string
  readonly #subject: Subject
  readonly #results = new Map<string, PromiseWithResolvers<CellResult>>()
  #running: Promise<void> | undefined

  constructor(scenario: Scenario, subject: Subject, only: readonly string[]) {
    this.#section = scenario.id
    this.#subject = subject
    this.cells = cellsOf(scenario).filter(onlyIds(only))
    for (const { cellId } of this.cells) this.#results.set(cellId, Promise.withResolvers())
  }

  /** Starts the run if it was not started, and waits for one cell. */
  async result(cellId: string, ground: () => Promise<Ground>): Promise<CellResult> {
    this.#running ??= this.#run(ground)
    const result = this.#results.get(cellId)
    if (result === undefined) throw new TypeError(`${cellId} is not a cell of this run`)
    return result.promise
  }

  /** Ends when the last world is gone. */
  async done(): Promise<void> {
    await this.#running
  }

  async #run(ground: () => Promise<Ground>): Promise<void> {
    const asked = this.cells.filter((cell) => !this.#settleInapplicable(cell))
    try {
      await using pool = new WorldPool(this.#subject, await ground(), this.watch)
      for (const { cell } of asked) for (const world of worldsOf(cell)) pool.plan(world)
      const groups = Object.values(Object.groupBy(asked, ({ cell }) => worldKey(cell.given)))
      const queue = groups.filter((group) => group !== undefined)
      await Promise.all(Array.from({ length: lanes }, () => this.#lane(queue, pool)))
    } catch (error) {
      for (const cell of asked) this.#settle(cell, unfinished(cell, this.#subject, error))
    }
  }

  /** Takes group after group, each in one world. */
  async #lane(queue: CatalogueCell[][], pool: WorldPool): Promise<void> {
    for (let group = queue.shift(); group !== undefined; group = queue.shift())
      for (const cell of group) this.#settle(cell, await cellResult(cell, this.#subject, pool, this.watch))
  }

  #settleInapplicable(cell: CatalogueCell): boolean {
    const reason = notApplicable(this.#section, cell.cell, this.#subject)
    if (reason !== undefined) this.#settle(cell, notAsked(cell, this.#subject, reason))
    return reason !== undefined
  }

  #settle({ cellId }: CatalogueCell, result: CellResult): void {
    this.#results.get(cellId)?.resolve(result)
  }
}
