import { inputError } from '../../errors.ts'
import type { CatalogueCell } from './cells.ts'

/**
 * A test for ids from globs: `*` stands for anything within a part of an id, `**` for several parts. A page, a
 * section or a claim stands for all its cells. No glob: everything.
 */
export function onlyIds(
  globs: readonly string[],
): (cell: Pick<CatalogueCell, 'cellId' | 'claimId'>) => boolean {
  const patterns = globs.map(toPattern)
  return ({ cellId, claimId }) => {
    const parts = claimId.split('/')
    const ids = [cellId, ...parts.map((_, n) => parts.slice(0, n + 1).join('/'))]
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
  if (idle !== undefined)
    throw inputError('nothing-matches', `${option} ${idle} matches no cell; \`etcd-tls list\` shows the ids.`)
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
