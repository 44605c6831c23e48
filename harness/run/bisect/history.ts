import { compare, lt, prerelease } from 'semver'
import { buildGo, findRelease, releases, type Release } from '../../../fixtures/releases.ts'
import { lineOf } from '../../../fixtures/step.ts'
import { inputError } from '../../errors.ts'
import { fullGo, parseSubject, type Asked } from '../../subject/parse.ts'

/** One point of a history: a subject as `--etcd` takes it. */
export interface Point {
  readonly asked: string
  /** Why it cannot be had; known before it is tried. */
  readonly missing?: string
}

/** What lies between two builds, oldest first, the two among it. */
export interface History {
  /** What the points differ in: releases of etcd, or releases of Go that build one and the same etcd. */
  readonly axis: 'etcd' | 'go'
  readonly points: readonly Point[]
  /** Releases between the two that the table does not name, as `3.5.17 to 3.5.20`. */
  readonly unknown: readonly string[]
}

/** An end of a history: as it was asked for, and what the build itself says. */
export interface End {
  readonly asked: string
  readonly etcd: string
  readonly go: string
}

/**
 * The history between two builds. Releases of etcd, each with its own Go; all with one Go where both ends name the
 * same. Of one etcd: the releases of Go that the table of releases names.
 * Errors: `wrong-order` (exit 2) where the first is the newer one.
 */
export function historyOf(from: End, to: End): History {
  checkOrder(from, to)
  const axis = compare(from.etcd, to.etcd) === 0 ? 'go' : 'etcd'
  const between = axis === 'go' ? goesBetween(from, to) : releasesBetween(from, to)
  return {
    axis,
    points: [{ asked: from.asked }, ...between, { asked: to.asked }],
    unknown: axis === 'go' ? [] : unknownBetween(from.etcd, to.etcd),
  }
}

function checkOrder(from: End, to: End): void {
  const order = compare(from.etcd, to.etcd)
  if (order > 0 || (order === 0 && compare(from.go, to.go) > 0))
    throw inputError(
      'wrong-order',
      `--from ${from.asked} is newer than --to ${to.asked}; write the older build first.`,
    )
}

/** The order of two ends, as far as it is known before they are there. Errors: `wrong-order`. */
export function checkAsked(from: string, to: string): void {
  const ends = [from, to].map((asked): End | undefined => {
    const parsed = parseSubject(asked)
    const release =
      parsed.road === 'release' || parsed.road === 'module' ? findRelease(parsed.version) : undefined
    if (release === undefined) return undefined
    return { asked, etcd: release.version, go: pinnedGo(parsed) ?? buildGo(release) }
  })
  if (ends[0] !== undefined && ends[1] !== undefined) checkOrder(ends[0], ends[1])
}

function releasesBetween(from: End, to: End): Point[] {
  const [first, last] = [parseSubject(from.asked), parseSubject(to.asked)]
  const go = pinnedGo(first) === pinnedGo(last) ? pinnedGo(first) : undefined
  // Rebuilds are compared with rebuilds: an official image between them would be another kind of build.
  const prefix = go === undefined && first.road === 'module' && last.road === 'module' ? 'module:' : ''
  return releases
    .filter(({ version }) => lt(from.etcd, version) && lt(version, to.etcd) && prerelease(version) === null)
    .map((release) => {
      const asked = `${prefix}${release.version}${go === undefined ? '' : `+go${go}`}`
      const missing = missingOf(release, go)
      return { asked, ...(missing !== undefined && { missing }) }
    })
}

const pinnedGo = (asked: Asked): string | undefined => (asked.road === 'module' ? asked.go : undefined)

function missingOf({ obtainable, floor }: Release, go: string | undefined): string | undefined {
  if (!obtainable) return 'not to be had (fixtures/releases.ts)'
  if (go === undefined || floor === undefined || !lt(go, fullGo(floor))) return undefined
  return `its go.mod says \`go ${floor}\`, which Go ${go} cannot build`
}

/** From here on Go names the first release of a series with its zero, and its toolchain can be had. */
const firstWithZero = '1.21.0'

/** Each Go that some release was built with can be had, and changes come with the first of a series. */
function goesBetween({ asked, etcd, go: oldest }: End, { go: newest }: End): Point[] {
  const release = findRelease(etcd)
  // Another one has sources only where it was asked for by its module.
  if (release === undefined && parseSubject(asked).road !== 'module') return []
  const prefix = release === undefined ? 'module:' : ''
  const built = releases.filter(({ obtainable }) => obtainable).map(buildGo)
  const first = built.map((go) => `${lineOf(go)}.0`).filter((go) => !lt(go, firstWithZero))
  const known = new Set([...first, ...built])
  const canBuild = (go: string): boolean => release?.floor === undefined || !lt(go, fullGo(release.floor))
  return [...known]
    .filter((go) => lt(oldest, go) && lt(go, newest) && canBuild(go))
    .toSorted(compare)
    .map((go) => ({ asked: `${prefix}${etcd}+go${go}` }))
}

/** Patches of a line that lie between two that the table names, or between one and an end. */
export function unknownBetween(from: string, to: string): string[] {
  const known = [from, ...releases.map(({ version }) => version), to]
    .filter((version) => !lt(version, from) && !lt(to, version) && prerelease(version) === null)
    .toSorted(compare)
  return known.flatMap((version, n) => {
    const next = known[n + 1]
    return next === undefined || lineOf(next) !== lineOf(version) ? [] : gap(version, next)
  })
}

function gap(before: string, after: string): string[] {
  const [first, last] = [patchOf(before) + 1, patchOf(after) - 1]
  const named = (patch: number): string => `${lineOf(before)}.${String(patch)}`
  if (first > last) return []
  return [first === last ? named(first) : `${named(first)} to ${named(last)}`]
}

const patchOf = (version: string): number => Number(version.split(/[.-]/)[2])
