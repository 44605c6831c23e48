import { z } from 'zod'

/** A promise, and the cells that ask whether it is kept. */
export const ClaimRecord = z.object({
  id: z.string(),
  page: z.string(),
  section: z.string(),
  says: z.string(),
  /** The narrowest profile of a certification that it belongs to: `core` is part of `extended`. */
  profile: z.enum(['core', 'extended']).optional(),
  /** The page's word; where older lines got it later, the first release of each, ascending: `3.2.19, 3.3.4`. */
  since: z.string().optional(),
  /** Releases after that which the page takes out. */
  except: z.array(z.string()).optional(),
  /** First release without it, as `since`. */
  until: z.string().optional(),
  open: z.string().optional(),
  cites: z.array(z.string()).readonly(),
  cells: z.array(
    z.object({
      id: z.string(),
      at: z.record(z.string(), z.string()),
      /** Digest of all that the scenario file says of the cell: what it does, not only its words. */
      definition: z.string().optional(),
    }),
  ),
})
export type ClaimRecord = z.infer<typeof ClaimRecord>

/** Where the documentation has a section. */
const pageUrl = z.string().regex(/^https?:\/\/[\w.~:/?#@!$&'*+,;=%-]+$/)

export const SectionRecord = z.object({ id: z.string(), heading: z.string(), url: pageUrl.optional() })
