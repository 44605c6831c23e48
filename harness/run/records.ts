import type { ClaimRecord, SubjectRecord } from '../../reports/schema.ts'
import type { Subject } from '../subject/subject.ts'
import type { CatalogueCell } from './catalogue.ts'

/** A claim with its cells, for the results and for `list`. Takes the cells of one claim. */
export function claimRecord(cells: readonly CatalogueCell[]): ClaimRecord {
  const [first] = cells
  if (first === undefined) throw new TypeError('a claim has at least one cell')
  const { claimId, claim } = first
  const { says, since, until, open, cites = [] } = claim
  return {
    id: claimId,
    page: claimId.slice(0, claimId.indexOf('/')),
    section: claimId.slice(0, claimId.lastIndexOf('/')),
    says,
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
    ...(open !== undefined && { open }),
    cites: [...cites],
    cells: cells.map(({ cellId, at }) => ({ id: cellId, at: { ...at } })),
  }
}

export const subjectRecord = (subject: Subject): SubjectRecord => {
  const { name, asked, etcd, go, source, reference, image, tls, flags } = subject
  return { name, asked, etcd, go, source, reference, image, tls, flags }
}
