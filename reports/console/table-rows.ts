import { slugOf, type SectionView } from '../results-view.ts'
import type { ClaimRecord } from '../schema.ts'

/** A row of the table: what it is called, and the claims whose cells it counts. */
export interface Row {
  readonly label: string
  readonly claims: readonly ClaimRecord[]
}

export interface Group {
  readonly title?: string
  readonly rows: readonly Row[]
}

/** A row for each claim, under its section. */
export const claimGroups = (sections: readonly SectionView[]): Group[] =>
  sections.map(({ id, heading, claims }) => ({
    title: `${id}  ${heading}`,
    rows: claims.map((claim) => ({ label: slugOf(claim), claims: [claim] })),
  }))

/** A row for each section, one page after the other. */
export const sectionGroups = (sections: readonly SectionView[]): Group[] =>
  [...Map.groupBy(sections, ({ id }) => id.slice(0, id.indexOf('/'))).values()].map((page) => ({
    rows: page.map(({ id, claims }) => ({ label: id, claims })),
  }))
