import { z } from 'zod'

/** What a bisection found: plain data, everything its texts need. Whole results are in the results.json beside it. */

/** Something both sides of a step showed, for comparing; lists are lines. */
export const Shown = z.object({
  what: z.string(),
  before: z.array(z.string()).readonly(),
  after: z.array(z.string()).readonly(),
})
export type Shown = z.infer<typeof Shown>

/** A build that could not be told, and why. */
export const Untold = z.object({
  asked: z.string(),
  kind: z.enum(['not to be had', 'not prepared', 'inconclusive', 'not applicable']),
  why: z.string(),
})
export type Untold = z.infer<typeof Untold>

/** One of the four builds that tell a change of etcd from a change of Go. */
export const Corner = z.object({
  etcd: z.string(),
  go: z.string(),
  /** What the cell came to there; absent where it could not be told. */
  state: z.string().optional(),
  subject: z.string().optional(),
  untold: z.string().optional(),
})
export type Corner = z.infer<typeof Corner>

export const blames = ['etcd', 'go', 'either', 'together', 'untold'] as const
/** Who changed it: `either` each alone does, `together` only both. */
export const Blame = z.object({
  by: z.enum(blames),
  says: z.string(),
  corners: z.array(Corner).readonly(),
})
export type Blame = z.infer<typeof Blame>

export const Side = z.object({ asked: z.string(), subject: z.string(), state: z.string() })

export const BisectStep = z.object({
  /** Cells that change at this step, in the same way. */
  cells: z.array(z.string()).readonly(),
  before: Side,
  after: Side,
  /** Builds between the two that could not be told: the change may have come with any of them. */
  between: z.array(Untold).readonly(),
  /** Releases between the two that the table does not name. */
  unknown: z.array(z.string()).readonly(),
  /** What the first of the cells showed on both sides. */
  shown: z.array(Shown).readonly(),
  blame: Blame.optional(),
  notes: z.array(z.string()).readonly(),
})
export type BisectStep = z.infer<typeof BisectStep>

export const Bisection = z.object({
  format: z.literal('etcd-tls/bisection'),
  formatVersion: z.literal(1),
  tool: z.object({ name: z.string(), version: z.string() }),
  command: z.array(z.string()).readonly(),
  /** The claim or cell that was asked for, and what it promises. */
  id: z.string(),
  says: z.string(),
  /** What was halved: releases of etcd, or releases of Go that build one etcd. */
  axis: z.enum(['etcd', 'go']),
  /** Every build of the history was played, not only those that halving needs. */
  all: z.boolean(),
  ends: z.object({ from: Side.omit({ state: true }), to: Side.omit({ state: true }) }),
  steps: z.array(BisectStep).readonly(),
  /** Cells that come to the same at both ends. */
  unchanged: z
    .array(z.object({ cell: z.string(), state: z.string(), why: z.string().optional() }))
    .readonly(),
  /** The history, oldest first; `states` by cell of those that were played. */
  history: z
    .array(
      z.object({
        asked: z.string(),
        subject: z.string().optional(),
        states: z.record(z.string(), z.string()),
        untold: z.string().optional(),
      }),
    )
    .readonly(),
  /** Sentences. */
  conclusion: z.array(z.string()).readonly(),
  /** 0 a step was found · 1 there is none · 3 something that had to be told could not be. */
  exit: z.union([z.literal(0), z.literal(1), z.literal(3)]),
})
export type Bisection = z.infer<typeof Bisection>
