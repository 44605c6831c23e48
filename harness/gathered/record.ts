import { z } from 'zod'
import { Observation, TimelineStep, WorldRecord } from '../../reports/schema.ts'
import type { Evidence } from '../judge/evidence.ts'
import type { AddressMap } from '../world/logical.ts'
import { parseLogLine } from '../world/parse-log-line.ts'

/**
 * What was gathered for one cell, as `gathered.json` in its evidence folder: all that the judge takes beside the
 * claim itself, so that it can judge again. Public data only, never a private key.
 *
 * - `asked`: digest of the claim at this point as it was asked of this build (`claim-digest.ts`).
 * - `subject`: the build; the judge's tables go by `etcd` and `go`.
 * - `addresses`: how addresses of the run become the page's.
 * - `evidence`: every observation. Log lines are `{index, raw}`; what they say is read from `raw` each time.
 * - `world`: what was started, with which public certificates. The judge does not look at it.
 */
export const formatVersion = 1

const Line = z
  .object({ index: z.number(), raw: z.string() })
  .transform(({ raw, index }) => parseLogLine(raw, index))
const lines = z.array(Line)

const Seen = Observation.extend({
  log: lines,
  join: Observation.shape.join.unwrap().extend({ said: lines }).optional(),
})

const StoredEvidence = z.object({
  setup: z.array(Seen),
  start: Seen,
  before: Seen.optional(),
  probe: Seen.optional(),
  after: Seen.optional(),
  again: Seen.optional(),
  without: Seen.optional(),
  control: Seen.optional(),
  steps: z.array(TimelineStep.extend({ seen: Seen.optional() })).optional(),
  others: z.record(z.string(), z.object({ start: Seen, alive: z.boolean() })).optional(),
  fingerprints: z.record(z.string(), z.string()).optional(),
  alive: z.boolean(),
  log: lines,
  logs: z.record(z.string(), lines).optional(),
  endedLater: z.array(z.string()).optional(),
}) satisfies z.ZodType<Evidence>

const Addresses = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single'), addresses: z.array(z.string()).readonly() }),
  z.object({
    kind: z.literal('block'),
    prefix: z.string(),
    page: z.string().optional(),
    at: z.record(z.string(), z.string()),
  }),
]) satisfies z.ZodType<AddressMap>

export const GatheredRecord = z.object({
  format: z.literal('etcd-tls/gathered'),
  formatVersion: z.literal(formatVersion),
  cell: z.string(),
  asked: z.string(),
  run: z.string(),
  subject: z.object({
    name: z.string(),
    etcd: z.string(),
    go: z.string(),
    tls: z.array(z.enum(['1.0', '1.1', '1.2', '1.3'])),
    image: z.string(),
  }),
  addresses: Addresses,
  evidence: StoredEvidence,
  world: WorldRecord,
})

/** The same as code holds it: what is read is what was gathered. */
export type GatheredRecord = Omit<z.infer<typeof GatheredRecord>, 'evidence'> & {
  readonly evidence: Evidence
}
