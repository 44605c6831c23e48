import { z } from 'zod'
import { ClaimRecord, SectionRecord } from './claim-schema.ts'
import { PageCoverage } from './coverage-schema.ts'
import { LogLine, Observation } from './observation-schema.ts'
import { Shard } from './shard-schema.ts'
import { Listener, WorldRecord } from './world-schema.ts'

export { ClaimRecord, Observation, Shard, WorldRecord }

/** What one run found: immutable, and everything a report needs. Published as JSON Schema. */

export const verdicts = ['pass', 'drift', 'fail', 'inconclusive', 'not-applicable'] as const
export const Verdict = z.enum(verdicts)
export type Verdict = z.infer<typeof Verdict>

/** One step of a timeline. */
export const TimelineStep = z.object({
  name: z.string(),
  do: z.enum(['connect', 'hold', 'use', 'rotate', 'restart', 'expire']),
  began: z.number(),
  ended: z.number(),
  what: z.string(),
  serial: z.string().optional(),
  seen: Observation.optional(),
  met: z.union([z.literal(true), z.string()]),
})
export type TimelineStep = z.infer<typeof TimelineStep>

/** One question the judge asked, with the answer. */
export const Check = z.object({
  question: z.enum(['health', 'setup', 'control', 'then', 'because', 'without', 'printed', 'declared']),
  expected: z.string(),
  seen: z.string(),
  met: z.boolean(),
})
export type Check = z.infer<typeof Check>

export const Declared = z.object({
  verdict: z.enum(['fail', 'drift']),
  builds: z.string(),
  why: z.string(),
  evidence: z.string(),
  /** The declared evidence was not seen, or the promise is kept after all. */
  stale: z.boolean(),
})

/** Where a build stands to the releases that the page names for a claim. */
export const Side = z.object({
  /** `since`: the promise is for this build. On all others the behaviour must be absent. */
  is: z.enum(['since', 'before', 'excepted', 'after']),
  /** The release to reach, the one reached, the one excepted, or that of the end. */
  step: z.string(),
  /** It comes out the same on both sides: another claim shows the step. */
  alike: z.boolean().optional(),
  /** Whether the behaviour was seen; absent where that could not be told. */
  present: z.boolean().optional(),
  /** How it is absent, or why it comes out the same on both sides, in words. */
  how: z.string().optional(),
})
export type Side = z.infer<typeof Side>

export const CellResult = z.object({
  cell: z.string(),
  claim: z.string(),
  subject: z.string(),
  verdict: Verdict,
  /** Why the cell does not apply. */
  notApplicable: z.string().optional(),
  declared: Declared.optional(),
  /** Where the page names a release for the claim. */
  side: Side.optional(),
  /** It was not played in this run: the run it was played in, where nothing differed that its verdict depends on. */
  reused: z.object({ run: z.string(), started: z.string() }).optional(),
  /** One sentence each. */
  promised: z.string(),
  seen: z.string(),
  why: z.array(z.string()),
  checks: z.array(Check),
  probe: Observation.optional(),
  control: Observation.optional(),
  /** The probe once more: a refusal stays a refusal. */
  again: Observation.optional(),
  without: Observation.optional(),
  health: z.array(Observation).optional(),
  /** The steps of a claim about time, in their order. */
  timeline: z.array(TimelineStep).readonly().optional(),
  world: WorldRecord.optional(),
  /** The last lines of the member's log. */
  log: z.array(LogLine).optional(),
  /** Folder with the evidence, relative to the run's folder. */
  evidence: z.string().optional(),
  /** Commands that show it again. */
  byHand: z.array(z.string()),
  milliseconds: z.number(),
})
export type CellResult = z.infer<typeof CellResult>

export const SubjectRecord = z.object({
  name: z.string(),
  asked: z.string(),
  etcd: z.string(),
  go: z.string(),
  source: z.enum(['official', 'module', 'image', 'debian', 'binary', 'liar', 'bent']),
  reference: z.string(),
  image: z.string(),
  tls: z.array(z.string()).readonly(),
  flags: z.array(z.string()).readonly(),
  /** Paths of the server and of etcdctl in the image. */
  commands: z.object({ etcd: z.string(), etcdctl: z.string().optional() }).optional(),
})
export type SubjectRecord = z.infer<typeof SubjectRecord>

export const Results = z.object({
  format: z.literal('etcd-tls/results'),
  formatVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  run: z.object({
    id: z.string(),
    started: z.string(),
    finished: z.string(),
    command: z.array(z.string()),
    host: z.object({ platform: z.string(), cpus: z.number(), node: z.string(), engine: z.string() }),
    /** Digest of all that a verdict depends on beside build and claim: sources, libraries, Node, engine, curl, openssl. */
    harness: z.string().optional(),
    /** Globs of the cells that were asked for, and the scenario files; absent: all cells of the project. */
    only: z.array(z.string()).optional(),
    files: z.array(z.string()).optional(),
    /** What ended the run before its time, or took its meaning away; then the results are incomplete. */
    interrupted: z.string().optional(),
  }),
  subjects: z.array(SubjectRecord),
  /** Of a run that is one part of a divided one. Everything else is of this part alone. */
  shard: Shard.optional(),
  /** What was not there, a sentence each: of a merge, or of a run's folder. The results are incomplete then. */
  missing: z.array(z.string()).optional(),
  sections: z.array(SectionRecord),
  claims: z.array(ClaimRecord),
  results: z.array(CellResult),
  /** The options of transport security that the tool knows: a report asks of each whether it was exercised. */
  options: z.array(z.object({ name: z.string(), listener: Listener })).optional(),
  /** Which promises of the pages the claims cover; of a run of everything, all of them. */
  coverage: z.array(PageCoverage).optional(),
  /** Milliseconds; `worlds`, `probes` and `judge` are sums over workers. */
  phases: z.object({
    prepare: z.number(),
    worlds: z.number(),
    probes: z.number(),
    judge: z.number(),
    report: z.number(),
    wall: z.number(),
    worldCount: z.number(),
    probeCount: z.number(),
    /** Wall time per subject, by name. */
    subjects: z.record(z.string(), z.number()),
  }),
})
export type Results = z.infer<typeof Results>
