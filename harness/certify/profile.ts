import { z } from 'zod'
import { claimDigest, digestOf } from '../gathered/claim-digest.ts'
import type { CatalogueCell, Profile } from '../run/catalogue/cells.ts'

/** What a build is certified for: cells of the project's own catalogue. Tests bring their own. */
export interface CertifiedProfile {
  readonly name: string
  readonly cells: readonly CatalogueCell[]
  /** Globs that stand for these cells; none for all there are. */
  readonly only: readonly string[]
}

export const profiles = ['core', 'extended'] as const satisfies readonly Profile[]

/** `core`, or `extended`, which is all there is. */
export function profileOf(name: Profile, all: readonly CatalogueCell[]): CertifiedProfile {
  if (name === 'extended') return { name, cells: all, only: [] }
  const cells = all.filter(({ profile }) => profile === name)
  return { name, cells, only: [...new Set(cells.map(({ claimId }) => claimId))] }
}

/** The cells of a profile with what each of them asks, as `catalogue.json` of a bundle. */
export const CatalogueList = z.object({
  profile: z.string(),
  cells: z.array(z.object({ cell: z.string(), digest: z.string() })),
})
export type CatalogueList = z.infer<typeof CatalogueList>

/** Sorted by cell. */
export const catalogueList = ({ name, cells }: CertifiedProfile): CatalogueList => ({
  profile: name,
  cells: cells
    .map((cell) => ({ cell: cell.cellId, digest: claimDigest(cell) }))
    .sort((a, b) => (a.cell < b.cell ? -1 : 1)),
})

/** One digest for all of it: two tools with the same one ask the same of a build. */
export const catalogueDigest = (list: CatalogueList): string => digestOf(list)
