import { z } from 'zod'
import { conclude, countsOf, standingOf, type Results } from '../../reports/index.ts'
import { bundleVersion } from './layout.ts'
import { Product } from './product.ts'

const listed = z.array(z.object({ cell: z.string(), verdict: z.string(), why: z.string() }))

/** What came of it: a function of the results. */
const Outcome = z.object({
  /** Every cell of the profile is as promised, declared by the project, or not applicable. */
  certified: z.boolean(),
  /** Cells by verdict. */
  cells: z.record(z.string(), z.number()),
  /** Deviations that the project itself declares of such builds: they pass, by name. */
  declared: listed,
  /** What is not asked of this build, and why. */
  notApplicable: listed,
  /** What stands in the way. */
  notCertified: listed,
})
export type Outcome = z.infer<typeof Outcome>

export const Certificate = z.object({
  format: z.literal('etcd-tls/certificate'),
  formatVersion: z.literal(bundleVersion),
  product: Product,
  profile: z.string(),
  subject: z.object({
    name: z.string(),
    asked: z.string(),
    etcd: z.string(),
    go: z.string(),
    source: z.string(),
    /** What the build is, not only what it is called. */
    identity: z.object({ kind: z.enum(['image-digest', 'image-id', 'file-sha256']), value: z.string() }),
  }),
  run: z.object({ id: z.string(), started: z.string(), finished: z.string() }),
  tool: z.object({
    name: z.string(),
    version: z.string(),
    /** Digest of its sources, and of the profile's catalogue. */
    sources: z.string(),
    catalogue: z.string(),
  }),
  outcome: Outcome,
})
export type Certificate = z.infer<typeof Certificate>

/** The outcome of a run. Pure. */
export function outcomeOf(results: Results): Outcome {
  const by = Map.groupBy(results.results, standingOf)
  const list = (...standings: ReturnType<typeof standingOf>[]): z.infer<typeof listed> =>
    standings
      .flatMap((standing) => by.get(standing) ?? [])
      .map(({ cell, verdict, declared, notApplicable, why }) => ({
        cell,
        verdict: declared?.stale === true ? `${verdict}, its declaration is stale` : verdict,
        why: notApplicable ?? declared?.why ?? why[0] ?? '',
      }))
      .sort((a, b) => (a.cell < b.cell ? -1 : 1))
  const { declared: _, stale: __, total: ___, ...cells } = countsOf(results.results)
  return {
    certified: conclude(results).exit === 0,
    cells,
    declared: list('as-declared'),
    notApplicable: list('not-applicable'),
    notCertified: list('undeclared', 'stale', 'inconclusive'),
  }
}
