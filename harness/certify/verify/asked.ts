import { isDeepStrictEqual } from 'node:util'
import { option } from '../../../fixtures/options.ts'
import { securityOptions } from '../../../fixtures/security-options.ts'
import type { Results } from '../../../reports/index.ts'
import { coverage } from '../../run/catalogue/coverage.ts'
import { claimsOf, sectionsOf } from '../../run/plan.ts'
import { asWritten } from '../../gathered/as-written.ts'
import { files } from '../layout.ts'
import type { CertifiedProfile } from '../profile.ts'
import type { Contents } from './contents.ts'
import type { Findings } from './findings.ts'

/** What the results of a certification by this very tool say was asked: all of it follows from the profile. */
export function askedOf(
  { subjects: [build] }: Results,
  { name, cells, only }: CertifiedProfile,
): Pick<Results, 'claims' | 'sections' | 'options' | 'coverage'> & { only: unknown; command: unknown } {
  const claims = claimsOf(cells)
  return {
    claims,
    sections: sectionsOf(claims, []),
    options: securityOptions.map((one) => ({ name: one, listener: option(one).listener })),
    coverage: coverage(claims, only.length === 0),
    only: only.length === 0 ? undefined : only,
    command: ['etcd-tls', 'certify', '--etcd', build?.asked, '--profile', name],
  }
}

/** Whether the results describe what was asked as this very tool does; another version may do otherwise. */
export function checkAsked({ results }: Contents, today: CertifiedProfile, findings: Findings): void {
  const { claims, sections, options, coverage: covered, run } = results
  const told = { claims, sections, options, coverage: covered, only: run.only, command: run.command }
  const wanted = asWritten<Readonly<Record<string, unknown>>>(askedOf(results, today))
  if (results.subjects[0]?.commands === undefined)
    findings.wrong(files.results, 'their build has no commands')
  for (const [field, value] of Object.entries(told))
    if (!isDeepStrictEqual(value, wanted[field]))
      findings.wrong(files.results, `their field ${field} is not what the profile ${today.name} comes to`)
}
