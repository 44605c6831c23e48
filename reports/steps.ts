import { compare, lt } from 'semver'
import { finderOf, sectionsOf } from './results-view.ts'
import type { CellResult, ClaimRecord, Results } from './schema.ts'
import { standingOf } from './verdicts.ts'
import { lineOf, numberOf } from './version.ts'

/** One build on the line of versions of a claim. */
export interface StepPoint {
  readonly subject: string
  readonly etcd: string
  /** The page promises it for this build; for all others it must be absent. */
  readonly promised: boolean
  /** What was seen: of several cells `partly` where they differ. */
  readonly seen: 'present' | 'absent' | 'partly' | 'unknown'
  /** It is otherwise than the page says: as declared, or not. */
  readonly otherwise?: 'declared' | 'undeclared'
  /** It is the same on both sides: another claim shows the step. */
  readonly alike?: true
  /** Where it is absent and should be: how, in words. Where it is alike on both sides: why. */
  readonly how?: string
}
/** A claim for which the page names a release, as a line of versions, oldest first. */
export interface StepRow {
  readonly claim: string
  readonly says: string
  readonly heading: string
  readonly url?: string
  /** What the page says: `since 3.2.19, 3.3.4`. */
  readonly page: string
  readonly points: readonly StepPoint[]
  /** Releases that the page names and this run has not, and between which ones the step was seen. */
  readonly missing: readonly string[]
}

/**
 * Claims with a release of the page's, where the run has a build from the other side of it. Pure; texts are not
 * escaped.
 */
export function stepRows(results: Results): StepRow[] {
  const find = finderOf(results)
  const subjects = results.subjects.toSorted((a, b) => compare(numberOf(a.etcd), numberOf(b.etcd)))
  return sectionsOf(results).flatMap(({ heading, url, claims }) =>
    claims.flatMap((claim) => {
      const points = subjects.flatMap(({ name, etcd }) => pointOf(name, etcd, find(claim, name)))
      if (points.every(({ promised }) => promised)) return []
      return [
        {
          ...{ claim: claim.id, says: claim.says, heading, ...(url !== undefined && { url }) },
          ...{ page: pageText(claim), points, missing: missingOf(claim, points) },
        },
      ]
    }),
  )
}

function pointOf(subject: string, etcd: string, all: readonly CellResult[]): StepPoint[] {
  const sided = all.filter(({ side, verdict }) => side !== undefined && verdict !== 'not-applicable')
  // Cells that come out the same on both sides say nothing of the step, unless there are no others.
  const telling = sided.filter(({ side }) => side?.alike !== true)
  const results = telling.length > 0 ? telling : sided
  const [first] = results
  if (first?.side === undefined) return []
  const off = results.map(standingOf).filter((one) => one !== 'as-promised' && one !== 'inconclusive')
  const how = results.find(({ side }) => side?.how !== undefined)?.side?.how
  return [
    {
      ...{ subject, etcd, promised: first.side.is === 'since', seen: seenOf(results) },
      ...(off.length > 0 && {
        otherwise: off.every((one) => one === 'as-declared')
          ? ('declared' as const)
          : ('undeclared' as const),
      }),
      ...(telling.length === 0 && { alike: true as const }),
      ...(how !== undefined && { how }),
    },
  ]
}

function seenOf(results: readonly CellResult[]): StepPoint['seen'] {
  const seen = new Set(results.map(({ side }) => side?.present))
  if (seen.has(true) && seen.has(false)) return 'partly'
  if (seen.has(undefined)) return 'unknown'
  return seen.has(true) ? 'present' : 'absent'
}

const pageText = ({ since, except = [], until }: ClaimRecord): string =>
  [
    ...(since === undefined ? [] : [`since ${since}`]),
    ...except.map((release) => `except ${release}`),
    ...(until === undefined ? [] : [`until ${until}`]),
  ].join(', ')

/** `3.2.19 was not tried: it lies between 3.2.18 and 3.2.22`. Only of lines that were tried. */
function missingOf(
  { since = '', except = [], until = '' }: ClaimRecord,
  points: readonly StepPoint[],
): string[] {
  const named = [...since.split(', '), ...except, ...until.split(', ')].filter((text) => text !== '')
  const tried = points.map(({ etcd }) => numberOf(etcd))
  return named.flatMap((release) => {
    const line = tried.filter((etcd) => lineOf(etcd) === lineOf(release))
    if (line.length === 0 || tried.includes(release)) return []
    const below = tried.findLast((etcd) => lt(etcd, release))
    const above = tried.find((etcd) => !lt(etcd, release))
    if (below !== undefined && above !== undefined)
      return [`${release} was not tried; the step is seen between ${below} and ${above}`]
    return [`${release} was not tried, nor what lies ${below === undefined ? 'before' : 'after'} it`]
  })
}

const marks = { present: '●', absent: '○', partly: '◐', unknown: '?' } as const

/** `●`, `○*`: what was seen, and whether that is otherwise than the page says: `*` declared, `!` not. */
export const stepMark = ({ seen, otherwise, alike }: StepPoint): string =>
  (alike === true && seen === 'present' ? '=' : marks[seen]) +
  (otherwise === undefined ? '' : otherwise === 'declared' ? '*' : '!')

/** `3.2.18 ○ ┃ 3.2.22 ●`: a bar where the page says that the step is. */
export const stepLine = ({ points }: Pick<StepRow, 'points'>): string =>
  points
    .flatMap((point, at) => {
      const crossed = at > 0 && points[at - 1]?.promised !== point.promised
      return [...(crossed ? ['┃'] : []), `${point.etcd} ${stepMark(point)}`]
    })
    .join('  ')

/** What the signs say. */
export const stepLegend = [
  '● the behaviour is there',
  '○ it is not there',
  '◐ it is there in some cells only',
  '= the same on both sides, and another claim shows the step',
  '? it could not be told',
  '┃ the release at which the page says that it changes',
  '* otherwise than the page says, as declared',
  '! otherwise than the page says, and nobody declared it',
].join(' · ')

/** How it is absent on each side, each saying once, with the builds: `3.1.20, 3.2.4: …`. */
export const stepHows = ({ points }: Pick<StepRow, 'points'>): string[] =>
  [...Map.groupBy(points, ({ how }) => how)].flatMap(([how, same]) =>
    how === undefined ? [] : [`${same.map(({ etcd }) => etcd).join(', ')}: ${how}`],
  )
