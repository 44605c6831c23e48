import { z } from 'zod'
import { Certificate } from './observation-schema.ts'

/** The listener whose behaviour an option changes. */
export const Listener = z.enum(['client', 'peer', 'both', 'none'])

/** An option of the page's that was set, how, and for which listener. */
const SetOption = z.object({
  option: z.string(),
  way: z.enum(['flag', 'variable', 'config-file']),
  listener: Listener,
})

export const WorldRecord = z.object({
  members: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      /** What was set; without the harness's own options. */
      set: z.array(SetOption).optional(),
      role: z.enum(['member', 'candidate', 'proxy', 'service']).optional(),
      /** argv of the process. */
      command: z.array(z.string()),
      environment: z.record(z.string(), z.string()),
      /** The config file's text where options were given that way. */
      configFile: z.string().optional(),
    }),
  ),
  /** Public certificates of the world; never a private key. */
  certificates: z.array(Certificate.extend({ role: z.string(), usages: z.array(z.string()) })),
  /** What the world's DNS answered. */
  zone: z.string().optional(),
  /** What only the cell's other world set: the one without the guard, or that of the control. */
  elsewhere: z.array(SetOption).optional(),
})
export type WorldRecord = z.infer<typeof WorldRecord>
