import {
  countsOf,
  liveLine,
  standingOf,
  type CellResult,
  type ConsoleOptions,
} from '../../../reports/index.ts'
import { sectionOf, type CatalogueCell } from '../../run/catalogue/cells.ts'
import type { TimeLeft } from './time-left.ts'

/** Cells of each section that each subject is asked. */
export type SectionTotals = ReadonlyMap<string, number>

export const sectionTotals = (cells: readonly Pick<CatalogueCell, 'claimId'>[]): SectionTotals =>
  new Map([...Map.groupBy(cells, sectionOf)].map(([id, { length }]) => [id, length]))

/** Counts a run's results by section as they come. */
export class Board {
  readonly #totals: SectionTotals
  readonly #options: ConsoleOptions
  readonly #results = new Map<string, CellResult[]>()
  readonly #bySubject = new Map<string, CellResult[]>()
  #subjects = 0
  #failed = false

  constructor(totals: SectionTotals, options: ConsoleOptions) {
    this.#totals = totals
    this.#options = options
  }

  /** One more subject will be asked every cell. */
  addSubject(): void {
    this.#subjects += 1
  }

  /** @returns true for the first result that breaks the build. */
  take(section: string, result: CellResult): boolean {
    const results = this.#results.get(section) ?? []
    results.push(result)
    this.#results.set(section, results)
    const ofSubject = this.#bySubject.get(result.subject) ?? []
    ofSubject.push(result)
    this.#bySubject.set(result.subject, ofSubject)
    const first = !this.#failed && ['undeclared', 'stale', 'inconclusive'].includes(standingOf(result))
    this.#failed ||= first
    return first
  }

  /** Has every subject answered every cell of the section? */
  isComplete(section: string): boolean {
    return this.#results.get(section)?.length === this.#expected(section)
  }

  /** The sections that have begun, a line each. */
  lines(): string[] {
    return [...this.#results.keys()].map((section) => this.line(section))
  }

  /** `128 of 742 cells`, of every subject that is known. */
  count(): string {
    const done = [...this.#results.values()].reduce((sum, { length }) => sum + length, 0)
    const cells = this.#subjects * this.#cells
    return `${String(done)}${cells === 0 ? '' : ` of ${String(cells)}`} cells`
  }

  line(section: string): string {
    const counts = countsOf(this.#results.get(section) ?? [])
    const total = this.#expected(section)
    return liveLine(section, counts, { ...this.#options, ...(total === undefined ? {} : { total }) })
  }

  /** A line for a subject that has answered every cell, where there are others. */
  subjectLine(subject: string): string | undefined {
    const results = this.#bySubject.get(subject) ?? []
    if (this.#subjects < 2 || results.length !== this.#cells) return undefined
    return liveLine(subject, countsOf(results), { ...this.#options, total: results.length })
  }

  get #cells(): number {
    return [...this.#totals.values()].reduce((sum, one) => sum + one, 0)
  }

  /** Sections that have begun and are not complete. */
  open(): string[] {
    return [...this.#results.keys()].filter((section) => !this.isComplete(section))
  }

  #expected(section: string): number | undefined {
    const cells = this.#totals.get(section)
    return cells === undefined || this.#subjects === 0 ? undefined : cells * this.#subjects
  }
}

/** `128 of 742 cells, about 40 s left`. */
export function progressText(board: Board, left: TimeLeft | undefined): string {
  const text = left?.text()
  return board.count() + (text === undefined ? '' : `, ${text}`)
}
