import type { ClaimRecord } from '../../../reports/schema.ts'
import { inputError } from '../../errors.ts'
import type { Axes, Cell, Claim, Matrix, Scenario, Versions } from '../../scenario/claim.ts'

/** What a build is certified for: `core` is part of `extended`, which is everything. */
export type Profile = NonNullable<ClaimRecord['profile']>

/** A claim at one point of its matrix. */
export interface CatalogueCell {
  /** `page/section/slug`. */
  readonly claimId: string
  /** `page/section/slug:axis=value,axis=value`, axes sorted; the claim's id where it has no axes. */
  readonly cellId: string
  readonly at: Readonly<Record<string, string>>
  /** The narrowest profile of a certification that it belongs to. */
  readonly profile: Profile
  readonly claim: Claim
  readonly cell: Cell
}

/** The section a cell belongs to: `page/section`. */
export const sectionOf = ({ claimId }: Pick<CatalogueCell, 'claimId'>): string =>
  claimId.slice(0, claimId.lastIndexOf('/'))

/** Cells of one claim; the largest of the project's has 40. */
const mostCells = 10_000

/** Every cell of a scenario, in the order of the file. Errors: HarnessError `broken-scenario` (exit 2). */
export function cellsOf(scenario: Scenario): CatalogueCell[] {
  return Object.entries(scenario.claims).flatMap(([slug, claim]): CatalogueCell[] => {
    const claimId = `${scenario.id}/${slug}`
    if (!/^[a-z0-9][A-Za-z0-9.-]*$/.test(slug))
      throw inputError(
        'broken-scenario',
        `${claimId}: a slug has letters, digits, "." and "-" only, and begins with a small letter or a digit.`,
      )
    const profile = scenario.core?.includes(slug) === true ? 'core' : 'extended'
    if (!isMatrix(claim)) return [{ claimId, cellId: claimId, at: {}, profile, claim, cell: claim }]
    if (Object.values(claim.axes).some(({ length }) => length === 0))
      throw inputError('broken-scenario', `${claimId}: an axis has no values.`)
    const count = Object.values(claim.axes).reduce((product, { length }) => product * length, 1)
    if (count > mostCells)
      throw inputError(
        'broken-scenario',
        `${claimId}: its axes make ${String(count)} cells, more than ${String(mostCells)}.`,
      )
    return points(claim.axes).map((at) => ({
      claimId,
      cellId: cellId(claimId, at),
      at,
      profile,
      claim,
      cell: { ...versionsOf(claim), ...claim.cell(at) },
    }))
  })
}

function versionsOf({ since, except, until }: Claim): Versions {
  return { ...(since && { since }), ...(except && { except }), ...(until && { until }) }
}

const isMatrix = (claim: Claim): claim is Claim & Matrix => 'axes' in claim

function points(axes: Axes): Record<string, string>[] {
  return Object.entries(axes).reduce<Record<string, string>[]>(
    (sofar, [axis, values]) => sofar.flatMap((at) => values.map((value) => ({ ...at, [axis]: value }))),
    [{}],
  )
}

function cellId(claimId: string, at: Readonly<Record<string, string>>): string {
  const parts = Object.entries(at)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([axis, value]) => `${axis}=${value}`)
  const wrong = parts.find((part) => !/^[A-Za-z0-9.-]+=[A-Za-z0-9.-]+$/.test(part))
  if (wrong !== undefined)
    throw inputError(
      'broken-scenario',
      `${claimId}: "${wrong}" is no point of \`over\`: an axis and its values are letters, digits, "." and "-".`,
    )
  return `${claimId}:${parts.join(',')}`
}
