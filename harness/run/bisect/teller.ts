import type { Untold } from '../../../reports/bisect/schema.ts'
import { stateOf } from '../../../reports/bisect/state.ts'
import type { CellResult } from '../../../reports/schema.ts'
import type { Point } from './history.ts'
import { isPlayed, type Plays } from './plays.ts'

/** What a build came to for one cell, or why that cannot be told. */
export type Told = { readonly result: CellResult; readonly subject: string } | { readonly untold: Untold }
export const isTold = (told: Told): told is Exclude<Told, { untold: Untold }> => 'result' in told

/** Plays builds and says what they came to. */
export class Teller {
  readonly #plays: Plays
  /** Cells that are played wherever a build is. */
  readonly #cells: readonly string[]

  constructor(plays: Plays, cells: readonly string[]) {
    this.#plays = plays
    this.#cells = cells
  }

  /**
   * An inconclusive cell is never told. A cell that does not apply was not asked: that tells something only where
   * an end of the history does not apply either (`idle`).
   */
  async tell({ asked, missing }: Point, cell: string, idle: boolean): Promise<Told> {
    const untold = (kind: Untold['kind'], why: string): Told => ({ untold: { asked, kind, why } })
    if (missing !== undefined) return untold('not to be had', missing)
    const play = await this.#plays.of(asked, this.#cells)
    if (!isPlayed(play)) return untold('not prepared', play.error.message)
    const result = play.results.get(cell)
    if (result === undefined) return untold('inconclusive', 'the run gave no result')
    if (result.verdict === 'inconclusive') return untold('inconclusive', result.why[0] ?? result.seen)
    if (result.verdict === 'not-applicable' && !idle)
      return untold('not applicable', result.notApplicable ?? 'it is not asked of this build')
    return { result, subject: play.subject.name }
  }
}

/** The state to compare; undefined for what cannot be told. */
export const stateIn = (told: Told): string | undefined => (isTold(told) ? stateOf(told.result) : undefined)
