import { z } from 'zod'

/** One promise of a page, and the claims that cite its sentence. */
export const PromiseRecord = z.object({
  /** `page/section`. */
  section: z.string(),
  /** Its place among the promises of the section, from 1. */
  ordinal: z.number(),
  /** Fingerprint of the normalised sentence. */
  print: z.string(),
  says: z.string(),
  claims: z.array(z.string()),
  /** Why nothing can cover it. */
  uncoverable: z.string().optional(),
  /** Why no claim covers it yet. */
  gap: z.string().optional(),
})
export type PromiseRecord = z.infer<typeof PromiseRecord>

/** What a page promises, in its order. Of a run that was narrowed down: the sections it was about. */
export const PageCoverage = z.object({
  page: z.string(),
  title: z.string(),
  promises: z.array(PromiseRecord),
})
export type PageCoverage = z.infer<typeof PageCoverage>
