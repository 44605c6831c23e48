import { z } from 'zod'

/** What one probe saw, as results hold it. */

const TlsVersion = z.enum(['1.0', '1.1', '1.2', '1.3'])

export const LogLine = z.object({
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

export const Certificate = z.object({
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
      version: TlsVersion.optional(),
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
  join: z
    .object({
      who: z.string(),
      address: z.string(),
      added: z.union([z.literal(true), z.string()]),
      started: z.boolean(),
      exit: z.number().optional(),
      listed: z.boolean(),
      writtenAndRead: z.boolean(),
      unanswered: z.string().optional(),
      said: z.array(LogLine).readonly(),
    })
    .optional(),
  form: z
    .object({
      members: z
        .array(
          z.object({
            name: z.string(),
            started: z.boolean(),
            exit: z.number().optional(),
            listed: z.array(z.string()).readonly(),
            announced: z.array(z.string()).readonly().optional(),
            readThrough: z.array(z.string()).readonly(),
          }),
        )
        .readonly(),
      unanswered: z.string().optional(),
    })
    .optional(),
  dial: z
    .object({
      certificate: Certificate.optional(),
      serverName: z.string().optional(),
      version: TlsVersion.optional(),
      inClear: z.string().optional(),
      from: z.string(),
    })
    .optional(),
  dns: z
    .array(z.object({ from: z.string(), type: z.string(), name: z.string(), rcode: z.string() }))
    .readonly()
    .optional(),
  closed: z
    .object({ how: z.enum(['ours', 'end', 'reset', 'alert', 'limit', 'refused']), after: z.number() })
    .optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
  byHand: z.array(z.string()).readonly(),
  log: z.array(LogLine).readonly(),
})
export type Observation = z.infer<typeof Observation>
