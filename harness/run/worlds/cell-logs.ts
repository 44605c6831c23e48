import type { LogLine } from '../../world/log-line.ts'

interface Logging {
  member(name: string): { readonly log: { readonly lines: readonly LogLine[] } }
}

/** Which of a member's log lines a cell may look at: its own, and those of the start; never another cell's. */
export class CellLogs {
  readonly #world: Logging
  readonly #prepared: ReadonlyMap<string, number>
  readonly #used = new Set<string>()

  /** Made when the world is up and its setup is done. */
  constructor(world: Logging, members: readonly string[]) {
    this.#world = world
    this.#prepared = new Map(members.map((name) => [name, world.member(name).log.lines.length]))
  }

  /** Begins a cell; `lines` gives what was logged for it so far. The first cell has all that follows the start. */
  from(name: string): { lines(): LogLine[] } {
    const log = this.#world.member(name).log
    const prepared = this.#prepared.get(name) ?? 0
    const first = this.#used.has(name) ? log.lines.length : prepared
    this.#used.add(name)
    return { lines: () => log.lines.filter(({ index }) => index < prepared || index >= first) }
  }
}
