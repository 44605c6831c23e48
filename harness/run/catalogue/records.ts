import { headingOf, urlOf } from '../../../fixtures/pages.ts'
import type { Steps } from '../../../fixtures/step.ts'
import type { ClaimRecord, Results, SubjectRecord } from '../../../reports/schema.ts'
import type { Scenario } from '../../scenario/claim.ts'
import type { Subject } from '../../subject/subject.ts'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { sectionOf, type CatalogueCell } from './cells.ts'

/** A claim with its cells, for the results and for `list`. Takes the cells of one claim. */
export function claimRecord(cells: readonly CatalogueCell[]): ClaimRecord {
  const [first] = cells
  if (first === undefined) throw new TypeError('a claim has at least one cell')
  const { claimId, profile, claim } = first
  const { says, since, except, until, open, cites = [] } = claim
  return {
    id: claimId,
    page: claimId.slice(0, claimId.indexOf('/')),
    section: sectionOf(first),
    says,
    profile,
    ...(since !== undefined && { since: releasesText(since) }),
    ...(except !== undefined && { except: [...except] }),
    ...(until !== undefined && { until: releasesText(until) }),
    ...(open !== undefined && { open }),
    cites: [...cites],
    cells: cells.map((cell) => ({ id: cell.cellId, at: { ...cell.at }, definition: claimDigest(cell) })),
  }
}

/** `3.2.19, 3.3.4`: the step of each line. */
const releasesText = (steps: string | Steps): string => [steps].flat().join(', ')

export const subjectRecord = (subject: Subject): SubjectRecord => {
  const { name, asked, etcd, go, source, reference, image, tls, flags, commands } = subject
  return { name, asked, etcd, go, source, reference, image, tls, flags, commands }
}

/** A section with its heading and, where it is known, the address of its page. */
export function sectionRecord(id: string, scenarios: readonly Scenario[]): Results['sections'][number] {
  const url = urlOf(id)
  const heading = scenarios.find((one) => one.id === id)?.heading ?? headingOf(id)
  return { id, heading, ...(url !== undefined && { url }) }
}
