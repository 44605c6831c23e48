import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MergePart } from '../../../reports/merge.ts'
import type { CellResult, Results, SubjectRecord } from '../../../reports/schema.ts'
import { HarnessError } from '../../errors.ts'
import type { RunOptions } from '../events.ts'

/** What one build came to. */
export interface Played {
  readonly subject: SubjectRecord
  readonly results: ReadonlyMap<string, CellResult>
}

/** A build that could not be made ready, and why. */
export interface Unprepared {
  readonly error: HarnessError
}

export type Play = Played | Unprepared
export const isPlayed = (play: Play): play is Played => 'subject' in play

/** Of the run of one subject; `runAll` is one. */
export type RunOne = (options: RunOptions) => Promise<Results>

/** What every run of a bisection shares. */
export interface Shared extends Pick<RunOptions, 'runId' | 'signal' | 'onEvent'> {
  readonly files: readonly string[]
  /** The folder of the bisection; each run has one of its own in `runs/` of it. */
  readonly out: string
}

/** Codes of builds that cannot be had, though the harness and the engine are well. */
const unprepared = ['build-failed', 'no-toolchain', 'no-module-proxy', 'image-import']

/** Runs of one subject each, every one once: the same cells are played by the same machinery as in any run. */
export class Plays {
  readonly #shared: Shared
  readonly #run: RunOne
  readonly #plays = new Map<string, Promise<Play>>()
  readonly #parts: MergePart[] = []

  constructor(shared: Shared, run: RunOne) {
    this.#shared = shared
    this.#run = run
  }

  /**
   * Plays cells on a subject, or gives what was played of it before. Errors: the reason of the signal, and those of
   * the run but for a build that cannot be had.
   */
  async of(asked: string, cells: readonly string[]): Promise<Play> {
    const known = this.#plays.get(asked)
    if (known !== undefined) return known
    const play = this.#play(asked, cells)
    this.#plays.set(asked, play)
    return play
  }

  /** Whether a subject was asked for before. */
  has(asked: string): boolean {
    return this.#plays.has(asked)
  }

  /** What was played of a subject, if it was. */
  async played(asked: string): Promise<Played | undefined> {
    const play = await this.#plays.get(asked)
    return play !== undefined && isPlayed(play) ? play : undefined
  }

  /** A rebuild that was played already, under whatever name it was asked for. */
  async rebuildOf(etcd: string, go: string): Promise<Played | undefined> {
    const plays = await Promise.all(this.#plays.values())
    return plays
      .filter(isPlayed)
      .find(({ subject }) => subject.source === 'module' && subject.etcd === etcd && subject.go === go)
  }

  /** What was found, a part for each build; to be merged in the folder of the bisection. */
  parts(): MergePart[] {
    const names = new Set<string>()
    return this.#parts.filter(({ results }) => {
      const [name = ''] = results.subjects.map((subject) => subject.name)
      return !names.has(name) && names.add(name)
    })
  }

  async #play(asked: string, only: readonly string[]): Promise<Play> {
    const { files, out, runId, signal, onEvent } = this.#shared
    signal.throwIfAborted()
    const base = join('runs', asked.replaceAll(/[^\w.+-]/g, '-'))
    const folder = join(out, base)
    await mkdir(folder, { recursive: true })
    try {
      const results = await this.#run({ files, subjects: [asked], only, out: folder, runId, signal, onEvent })
      signal.throwIfAborted()
      // What every cell looks fine in may be worth nothing all the same (a clock that was set).
      const { interrupted } = results.run
      if (interrupted !== undefined)
        throw new HarnessError('run-broken', `The run of ${asked}: ${interrupted}.`)
      const [subject] = results.subjects
      if (subject === undefined) throw new TypeError(`the run of ${asked} has no subject`)
      this.#parts.push({ from: join(folder, 'results.json'), results, evidenceBase: base })
      return {
        subject,
        results: new Map(results.results.map((result) => [result.cell, moved(result, base)])),
      }
    } catch (error) {
      signal.throwIfAborted()
      const isOurs = error instanceof HarnessError && (error.exit === 2 || unprepared.includes(error.code))
      if (!isOurs) throw error
      return { error }
    }
  }
}

const moved = (result: CellResult, base: string): CellResult =>
  result.evidence === undefined ? result : { ...result, evidence: `${base}/${result.evidence}` }
