import { isDeepStrictEqual } from 'node:util'
import { contradicts, standingOf } from '../../../reports/index.ts'
import type { CellResult, Results, SubjectRecord } from '../../../reports/schema.ts'

/** An earlier run, in its folder. */
export interface EarlierRun {
  readonly folder: string
  readonly results: Results
}

/** A result that stands for a cell of this run, and where its evidence is. */
export interface Reusable {
  readonly folder: string
  /** Marked with the run in which it was played. */
  readonly result: CellResult
}

/**
 * For each cell the newest result under the same conditions: the same image, the same definition, the same harness. It
 * is used when it was good: as promised, or as declared, for the declaration is part of the definition. A cell that
 * came out otherwise in any such run can change, and which run was later only clocks say: it is played. Pure.
 */
export class LastGood {
  /** Newest first. */
  readonly #runs: readonly Indexed[]

  /** @param harness of this run, see `harnessDigest` */
  constructor(runs: readonly EarlierRun[], harness: string) {
    this.#runs = runs
      .filter(({ results }) => results.run.harness === harness)
      .toSorted((a, b) => (a.results.run.finished < b.results.run.finished ? 1 : -1))
      .map(indexed)
  }

  /** Undefined: it has to be played. */
  find(cell: string, definition: string, subject: SubjectRecord): Reusable | undefined {
    let good: Reusable | undefined
    for (const { run, subjects, definitions, byCell } of this.#runs) {
      const then = subjects.get(subject.name)
      if (then === undefined || !isSameBuild(then, subject) || definitions.get(cell) !== definition) continue
      const result = byCell.get(`${subject.name}\n${cell}`)
      if (result === undefined || wasNotPlayed(result)) continue
      if (!isGood(result)) return undefined
      const { id, started } = run.results.run
      good ??= { folder: run.folder, result: { ...result, reused: result.reused ?? { run: id, started } } }
    }
    return good
  }
}

interface Indexed {
  readonly run: EarlierRun
  readonly subjects: ReadonlyMap<string, SubjectRecord>
  readonly definitions: ReadonlyMap<string, string | undefined>
  readonly byCell: ReadonlyMap<string, CellResult>
}

function indexed(run: EarlierRun): Indexed {
  const { subjects, claims, results } = run.results
  return {
    run,
    subjects: new Map(subjects.map((one) => [one.name, one])),
    definitions: new Map(claims.flatMap(({ cells }) => cells.map(({ id, definition }) => [id, definition]))),
    byCell: new Map(results.map((one) => [`${one.subject}\n${one.cell}`, one])),
  }
}

/** Everything that was found out about it; how it was asked for does not matter. */
const isSameBuild = (then: SubjectRecord, now: SubjectRecord): boolean =>
  isDeepStrictEqual({ ...then, asked: '' }, { ...now, asked: '' })

const isGood = (result: CellResult): boolean =>
  ['as-promised', 'as-declared'].includes(standingOf(result)) && !contradicts(result)

/** It does not apply, or the run ended before it (`not-run`, `run-ended`): nothing was seen. */
const wasNotPlayed = ({ verdict, why }: CellResult): boolean =>
  verdict === 'not-applicable' || (verdict === 'inconclusive' && /^(not-run|run-ended):/.test(why[0] ?? ''))
