import type { CellResult, Results } from './schema.ts'

/** `not played in this run: reused from run 2026…, started 2026-11-22T14:03:00.000Z`; nothing for what was played. */
export const reusedText = ({ reused }: Pick<CellResult, 'reused'>): string | undefined =>
  reused && `not played in this run: reused from run ${reused.run}, started ${reused.started}`

/** How much of a run was not played in it, a sentence for each run that it comes from. */
export function reusedLines({ results }: Pick<Results, 'results'>): string[] {
  const groups = Map.groupBy(results, ({ reused }) => reused && `${reused.run}, started ${reused.started}`)
  return [...groups].flatMap(([from, cells]) =>
    from === undefined
      ? []
      : [
          `${String(cells.length)} of ${String(results.length)} results were not played again: reused from run ${from}`,
        ],
  )
}
