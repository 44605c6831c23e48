import { inputError } from '../../errors.ts'
import { nearestTo } from '../../nearest.ts'
import type { CatalogueCell } from './cells.ts'

/**
 * A test for ids from globs: `*` stands for anything within a part of an id, `**` for several parts. A page, a
 * section or a claim stands for all its cells. No glob: everything.
 */
export function onlyIds(
  globs: readonly string[],
): (cell: Pick<CatalogueCell, 'cellId' | 'claimId'>) => boolean {
  const patterns = globs.map(toPattern)
  return (cell) => {
    const ids = idsOf(cell)
    return patterns.length === 0 || patterns.some((pattern) => ids.some((id) => pattern.test(id)))
  }
}

/** Errors: HarnessError `nothing-matches` (exit 2) naming the first glob that fits no cell. */
export function checkGlobs(
  globs: readonly string[],
  cells: readonly CatalogueCell[],
  option = '--only',
): void {
  const idle = globs.find((glob) => !cells.some(onlyIds([glob])))
  if (idle === undefined) return
  const ids = [...new Set(cells.flatMap(idsOf))]
  const within = ids.filter((id) => id.endsWith(`/${idle}`))
  const nearest = nearestTo(within[0] ?? idle, within.length > 0 ? within : ids)
  throw inputError(
    'nothing-matches',
    `${option} ${idle} matches no cell${nearest}; \`etcd-tls list\` shows the ids.`,
  )
}

/** What a glob is held against: the cell, its claim, section and page. */
const idsOf = ({ cellId, claimId }: Pick<CatalogueCell, 'cellId' | 'claimId'>): readonly string[] => {
  const parts = claimId.split('/')
  return [cellId, ...parts.map((_, n) => parts.slice(0, n + 1).join('/'))]
}

function toPattern(glob: string): RegExp {
  const body = glob
    .split(/(\*\*|\*|\?)/)
    .map(
      (part) =>
        ({ '**': '.*', '*': '[^/]*', '?': '[^/]' })[part] ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('')
  return new RegExp(`^${body}$`)
}
