import { z } from 'zod'

/** What one run found: immutable, and everything a report needs. Published as JSON Schema. */

export const verdicts = ['pass', 'drift', 'fail', 'inconclusive', 'not-applicable'] as const
export const Verdict = z.enum(verdicts)
export type Verdict = z.infer<typeof Verdict>

const LogLine = z.object({
  index: z.number(),
  raw: z.string(),
  level: z.string().optional(),
  message: z.string(),
  remotePort: z.number().optional(),
  remoteAddress: z.string().optional(),
  error: z.string().optional(),
  serverName: z.string().optional(),
  host: z.string().optional(),
})

const Certificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  names: z.string(),
  notBefore: z.string(),
  notAfter: z.string(),
  fingerprint: z.string(),
  pem: z.string(),
})

export const Observation = z.object({
  probe: z.string(),
  at: z.string(),
  milliseconds: z.number(),
  to: z.string(),
  connected: z.boolean(),
  answered: z.boolean(),
  localPort: z.number().optional(),
  localAddress: z.string().optional(),
  tls: z
    .object({
      handshake: z.boolean(),
      version: z.enum(['1.0', '1.1', '1.2', '1.3']).optional(),
      suite: z.string().optional(),
      server: Certificate.optional(),
      verified: z.union([z.literal(true), z.string()]).optional(),
      ticket: z.boolean().optional(),
      clientCertificateAsked: z.boolean().optional(),
      sent: z.array(z.string()).readonly().optional(),
    })
    .optional(),
  alert: z
    .object({ number: z.number(), name: z.string(), direction: z.enum(['received', 'sent']) })
    .optional(),
  http: z
    .object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() })
    .optional(),
  grpc: z.object({ code: z.string(), details: z.string(), response: z.string().optional() }).optional(),
  command: z.object({ exit: z.number().nullable(), stdout: z.string(), stderr: z.string() }).optional(),
  process: z.object({ ready: z.boolean(), exit: z.number().optional(), after: z.number() }).optional(),
  closed: z
    .object({ how: z.enum(['ours', 'end', 'reset', 'alert', 'limit', 'refused']), after: z.number() })
    .optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  byHand: z.array(z.string()).readonly(),
  log: z.array(LogLine).readonly(),
})
export type Observation = z.infer<typeof Observation>

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

export const WorldRecord = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      /** argv of the process. */
      command: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      /** The config file's text where options were given that way. */
      configFile: z.string().optional(),
    }),
  ),
  /** Public certificates of the world; never a private key. */
  certificates: z.array(Certificate.extend({ role: z.string(), usages: z.array(z.string()) })),
})
export type WorldRecord = z.infer<typeof WorldRecord>

export const CellResult = z.object({
  cell: z.string(),
  claim: z.string(),
  subject: z.string(),
  verdict: Verdict,
  /** Why the cell does not apply. */
  notApplicable: z.string().optional(),
  declared: Declared.optional(),
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
  source: z.enum(['official', 'module', 'image', 'debian', 'binary', 'liar']),
  reference: z.string(),
  image: z.string(),
  tls: z.array(z.string()).readonly(),
  flags: z.array(z.string()).readonly(),
})
export type SubjectRecord = z.infer<typeof SubjectRecord>

export const ClaimRecord = z.object({
  id: z.string(),
  page: z.string(),
  section: z.string(),
  says: z.string(),
  since: z.string().optional(),
  until: z.string().optional(),
  open: z.string().optional(),
  cites: z.array(z.string()).readonly(),
  cells: z.array(z.object({ id: z.string(), at: z.record(z.string(), z.string()) })),
})
export type ClaimRecord = z.infer<typeof ClaimRecord>

/** Where the documentation has a section. */
const pageUrl = z.string().regex(/^https?:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/)

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
    /** What ended the run before its time; then the results are incomplete. */
    interrupted: z.string().optional(),
  }),
  subjects: z.array(SubjectRecord),
  sections: z.array(z.object({ id: z.string(), heading: z.string(), url: pageUrl.optional() })),
  claims: z.array(ClaimRecord),
  results: z.array(CellResult),
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
