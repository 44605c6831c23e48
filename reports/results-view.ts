import type { CellResult, ClaimRecord, Results } from './schema.ts'

/** The section of a claim as scenario files name it, `page/section`: the claim's id without its slug. */
export const sectionOf = (claim: Pick<ClaimRecord, 'id'>): string =>
  claim.id.split('/').slice(0, -1).join('/')

/** The last part of a claim's id. */
export const slugOf = (claim: Pick<ClaimRecord, 'id'>): string => claim.id.split('/').at(-1) ?? claim.id

/** The part of a cell's id after its claim, `tls=1.2`; empty for a claim of one cell. */
export function pointOf(cell: string): string {
  const colon = cell.indexOf(':')
  return colon < 0 ? '' : cell.slice(colon + 1)
}

export interface SectionView {
  readonly id: string
  readonly heading: string
  /** Of the documentation. */
  readonly url?: string
  readonly claims: readonly ClaimRecord[]
}

/** Sections with their claims, in the order of the results; a section nobody described is its own heading. */
export function sectionsOf(results: Pick<Results, 'sections' | 'claims'>): SectionView[] {
  const known = new Map(results.sections.map((section) => [section.id, section]))
  const claims = Map.groupBy(results.claims, sectionOf)
  const ids = new Set([...known.keys(), ...claims.keys()])
  return [...ids]
    .map((id) => {
      const { heading = id, url } = known.get(id) ?? {}
      return { id, heading, ...(url !== undefined && { url }), claims: claims.get(id) ?? [] }
    })
    .filter((section) => section.claims.length > 0)
}

/** Every result of a claim on a subject, in the order of the claim's cells. */
export type Finder = (claim: ClaimRecord, subject: string) => CellResult[]

export function finderOf({ results }: Pick<Results, 'results'>): Finder {
  const known = byCell.get(results) ?? Map.groupBy(results, ({ subject, cell }) => keyOf(subject, cell))
  byCell.set(results, known)
  return (claim, subject) => claim.cells.flatMap(({ id }) => known.get(keyOf(subject, id)) ?? [])
}

/** Results do not change: a report asks for a finder per section and subject, and of thirty builds that is a thousand. */
const byCell = new WeakMap<readonly CellResult[], Map<string, CellResult[]>>()

/** One key for a cell on a subject. */
export const keyOf = (subject: string, cell: string): string => `${subject}\n${cell}`
