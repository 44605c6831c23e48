import type { CellResult, Results } from '../schema.ts'
import { sampleClaims, sampleHeadings, samplePages } from './sample-claims.ts'
import { ofMembers } from './sample-members.ts'
import { isRefused, oddOnEach, oddOnFirst, refused } from './sample-odd.ts'
import { ofTime } from './sample-timeline.ts'
import { sampleResult, sampleSubject } from './sample-parts.ts'

export { sampleClaims } from './sample-claims.ts'

/** One cell of the sample; what is not named is a plain pass. */
function resultOf(cell: string, subject: string, first: boolean): CellResult {
  const base = isRefused(cell)
    ? refused(cell, subject)
    : sampleResult(cell, subject, (ofMembers[cell] ?? ofTime[cell])?.(first ? 'hostile' : 'plain'))
  const odd = oddOnEach[cell] ?? (first ? oddOnFirst[cell] : undefined)
  return odd === undefined ? base : { ...base, ...odd(base) }
}

/** Realistic results: several sections, every verdict, declared and stale ones, hostile text on the first subject. */
export function sampleResults(
  builds: readonly string[] = ['3.6.16', '3.5.35'],
  change: Partial<Results> = {},
): Results {
  const subjects = builds.map(sampleSubject)
  const results = subjects.flatMap(({ name }, index) =>
    sampleClaims.flatMap((one) => one.cells.map(({ id }) => resultOf(id, name, index === 0))),
  )
  return {
    format: 'etcd-tls/results',
    formatVersion: 1,
    tool: { name: 'etcd-tls', version: '0.1.0' },
    run: {
      id: '20261122-140300-a1b2',
      started: '2026-11-22T14:03:00.000Z',
      finished: '2026-11-22T14:03:14.500Z',
      command: ['etcd-tls', 'run', ...builds.flatMap((build) => ['--etcd', build])],
      host: { platform: 'linux x64', cpus: 2, node: '24.21.0', engine: 'Docker 20.10.24' },
    },
    subjects,
    sections: Object.entries(sampleHeadings).map(([id, heading]) => ({
      id,
      heading,
      ...(samplePages[id] !== undefined && { url: samplePages[id] }),
    })),
    claims: [...sampleClaims],
    options: [
      { name: 'cert-file', listener: 'client' },
      { name: 'peer-cert-file', listener: 'peer' },
      { name: 'host-whitelist', listener: 'client' },
      { name: 'tls-max-version', listener: 'both' },
    ],
    results,
    phases: {
      prepare: 900,
      worlds: 18000,
      probes: 4000,
      judge: 20,
      report: 0,
      wall: 14500,
      worldCount: 24,
      probeCount: 120,
      subjects: Object.fromEntries(subjects.map(({ name }) => [name, 7000])),
    },
    ...change,
  }
}

/** The same run without what breaks a build: passes, known deviations and what does not apply. */
export function cleanResults(builds?: readonly string[]): Results {
  const results = sampleResults(builds)
  return {
    ...results,
    results: results.results.map((result) =>
      result.verdict === 'not-applicable' || result.declared?.stale === false
        ? result
        : sampleResult(result.cell, result.subject),
    ),
  }
}
