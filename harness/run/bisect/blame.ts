import type { Blame } from '../../../reports/bisect/schema.ts'

/** What the four builds of a step came to; undefined where a build could not be told. */
export interface Corners {
  /** The old etcd with the old Go, and the new etcd with the new Go: they differ. */
  readonly before: string | undefined
  readonly after: string | undefined
  /** The old etcd with the new Go. */
  readonly newGo: string | undefined
  /** The new etcd with the old Go. */
  readonly newEtcd: string | undefined
}

/** A corner that shows the new behaviour names what brought it; one that shows the old one clears it. */
export function blameOf({ before, after, newGo, newEtcd }: Corners): Blame['by'] {
  if (before === undefined || after === undefined || before === after) return 'untold'
  const changes = (corner: string | undefined): boolean | undefined =>
    corner === after ? true : corner === before ? false : undefined
  const [byGo, byEtcd] = [changes(newGo), changes(newEtcd)]
  if (byGo === undefined || byEtcd === undefined) return 'untold'
  if (byGo) return byEtcd ? 'either' : 'go'
  return byEtcd ? 'etcd' : 'together'
}

/** The versions that differ at a step. */
export interface Versions {
  readonly etcd: readonly [string, string]
  readonly go: readonly [string, string]
}

/** What the corners say, as a sentence; also where one of the two in question could not be told. */
export function blameInWords(corners: Corners, { etcd, go }: Versions): string {
  const [oldEtcd, newEtcd] = etcd
  const [oldGo, newGo] = go
  const { before, after } = corners
  switch (blameOf(corners)) {
    case 'etcd':
      return `Changed by etcd: ${newEtcd} shows it with Go ${oldGo}, too, and ${oldEtcd} does not with Go ${newGo}.`
    case 'go':
      return `Changed by Go: ${oldEtcd} shows it with Go ${newGo}, too, and ${newEtcd} does not with Go ${oldGo}.`
    case 'either':
      return `Changed by both, each alone is enough: ${oldEtcd} with Go ${newGo} and ${newEtcd} with Go ${oldGo} show it.`
    case 'together':
      return `Changed by both, and only together: neither ${oldEtcd} with Go ${newGo} nor ${newEtcd} with Go ${oldGo} shows it.`
    case 'untold':
      break
  }
  if (before === undefined || after === undefined || before === after)
    return 'Built from their modules, the two sides do not differ as they do here: how they were built is part of it, so neither etcd nor Go can be named.'
  const known = [
    half(corners.newGo, corners, 'Go', `${oldEtcd} with Go ${newGo}`),
    half(corners.newEtcd, corners, 'etcd', `${newEtcd} with Go ${oldGo}`),
  ].filter((text) => text !== undefined)
  return known.length > 0
    ? `${known.join('; ')}. More cannot be said: a corner could not be told.`
    : 'Neither corner could be told, so etcd and Go cannot be told apart.'
}

function half(
  corner: string | undefined,
  { before, after }: Corners,
  what: string,
  build: string,
): string | undefined {
  if (corner === undefined) return undefined
  if (corner === after) return `${what} alone is enough (${build} shows it)`
  if (corner === before) return `${what} alone is not enough (${build} does not show it)`
  return `${build} shows a third thing (${corner})`
}
