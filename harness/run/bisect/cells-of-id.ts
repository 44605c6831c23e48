import { inputError } from '../../errors.ts'
import { nearestTo } from '../../nearest.ts'
import type { Scenario } from '../../scenario/claim.ts'
import { cellsOf, type CatalogueCell } from '../catalogue/cells.ts'

/** The cells an id stands for, and the scenario files that declare them. */
export interface Meant {
  readonly cells: readonly CatalogueCell[]
  readonly files: readonly string[]
}

/**
 * What an id stands for: a cell for itself, a claim for all its cells.
 * @param files of the scenarios, in their order
 * Errors: `unknown-id` (exit 2) naming the nearest.
 */
export function cellsOfId(id: string, scenarios: readonly Scenario[], files: readonly string[]): Meant {
  const found = scenarios.map((scenario) =>
    cellsOf(scenario).filter(({ cellId, claimId }) => cellId === id || claimId === id),
  )
  const cells = found.flat()
  if (cells.length > 0) return { cells, files: files.filter((_, n) => (found[n] ?? []).length > 0) }
  const known = scenarios.flatMap(cellsOf)
  const names = [...new Set(known.flatMap(({ cellId, claimId }) => [claimId, cellId]))]
  const part = known.some(({ claimId }) => claimId.startsWith(`${id}/`))
  throw inputError(
    'unknown-id',
    part
      ? `${id} is no claim but a page or section; name one of its claims (\`etcd-tls list --only '${id}'\`).`
      : `${id} is the id of no claim and no cell${nearestTo(id, names)}; \`etcd-tls list\` shows them.`,
  )
}
