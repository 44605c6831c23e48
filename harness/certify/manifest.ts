import { createHash } from 'node:crypto'
import { bundleVersion } from './layout.ts'

/** SHA-256, hexadecimal. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')

const first = `# etcd-tls bundle ${String(bundleVersion)}`

/**
 * The manifest: a first line with the version of the format, then `digest  path` for each file, sorted by path. Its
 * form is that of sha256sum, which checks it without us.
 */
export const manifestText = (digests: ReadonlyMap<string, string>): string =>
  [first, ...[...digests].sort(byPath).map(([path, digest]) => `${digest}  ${path}`), ''].join('\n')

/** By code units, on every machine alike. */
const byPath = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1)

export interface Manifest {
  /** Path → SHA-256. */
  readonly digests: ReadonlyMap<string, string>
  /** What is not as a manifest is written, one sentence each. */
  readonly slips: readonly string[]
}

/** Reads a manifest; what cannot be read is told, not thrown. Pure. */
export function parseManifest(text: string): Manifest {
  const digests = new Map<string, string>()
  const slips: string[] = []
  const [head, ...lines] = text.split('\n')
  if (head !== first) slips.push(`its first line is not "${first}"`)
  if (lines.pop() !== '') slips.push('it does not end with a line end')
  for (const [n, line] of lines.entries()) {
    const [, digest, path] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? []
    if (digest === undefined || path === undefined)
      slips.push(`line ${String(n + 2)} is no digest with a path`)
    else if (digests.has(path)) slips.push(`${path} stands there twice`)
    else digests.set(path, digest)
  }
  if (slips.length === 0 && manifestText(digests) !== text) slips.push('its lines are not sorted')
  return { digests, slips }
}
