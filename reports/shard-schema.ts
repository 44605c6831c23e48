import { z } from 'zod'
import { ClaimRecord, SectionRecord } from './claim-schema.ts'
import { PageCoverage } from './coverage-schema.ts'

/** Which part of a divided run this is, and the whole of it: what the parts that are missing would have told. */
export const Shard = z.object({
  /** From 1. */
  index: z.number().int().min(1),
  of: z.number().int().min(1),
  /** SHA-256 over what is said here of the whole, and the tool's version; the parts of one run have the same. */
  catalogue: z.string(),
  /** The filter that the run was given. */
  only: z.array(z.string()),
  /** Ids of the cells of each part. */
  cells: z.array(z.array(z.string())),
  sections: z.array(SectionRecord),
  claims: z.array(ClaimRecord),
  coverage: z.array(PageCoverage).optional(),
})
export type Shard = z.infer<typeof Shard>
