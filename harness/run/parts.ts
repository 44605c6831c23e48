import type { Scenario } from '../scenario/claim.ts'
import type { Subject } from '../subject/subject.ts'
import { cellsOf } from './catalogue/cells.ts'
import { costOf } from './worlds/cost.ts'
import { onlyIds } from './catalogue/only.ts'

/** What one worker plays: the cells of files on a subject. */
export interface Part {
  readonly subject: Subject
  /** Scenario files with a cell to play, the costliest first. */
  readonly files: readonly string[]
  /** Ids of cells that are not played. */
  readonly reused: readonly string[]
}

/** A part for each subject that has anything to play. `files` and `scenarios` go together. */
export function partsOf(
  files: readonly string[],
  scenarios: readonly Scenario[],
  subjects: readonly Subject[],
  only: readonly string[],
  reuse?: { cells(subject: string): readonly string[] },
): Part[] {
  const wanted = scenarios.map((scenario) => cellsOf(scenario).filter(onlyIds(only)))
  return subjects.flatMap((subject) => {
    const reused = new Set(reuse?.cells(subject.name))
    const costs = files.map((file, n) => ({
      file,
      cost: costOf((wanted[n] ?? []).filter(({ cellId }) => !reused.has(cellId))),
    }))
    const played = costs.filter(({ cost }) => cost > 0).toSorted((a, b) => b.cost - a.cost)
    return played.length === 0
      ? []
      : [{ subject, files: played.map(({ file }) => file), reused: [...reused] }]
  })
}
