import type { RefusalReason, StartFailure } from '../../fixtures/refusals.ts'

/** Text with `<version>` or `<minor>` in it, replaced by the subject's. */
export type Template = string

/** What a served answer must show. Everything given must hold. */
export interface Served {
  readonly outcome: 'served'
  /** HTTP status, or those that will do; default any 2xx. */
  readonly status?: number | readonly number[]
  /** All must be in the start of the body, the command's output or the gRPC response as JSON. */
  readonly contains?: readonly Template[]
  /** IANA name of the negotiated suite. */
  readonly suite?: string
  readonly tls?: '1.2' | '1.3'
  /** OpenSSL's and the server certificate's own word: the chain was verified by the client. */
  readonly verified?: boolean
  /** Handshake messages that must have gone over the wire from the client (RFC 8446 4, RFC 5246 7.4). */
  readonly sent?: readonly ('certificate' | 'certificate_verify' | 'finished')[]
}
/** etcd turns the probe away: by alert, by status or by gRPC code, as `because` says for this build. */
export interface Refused {
  readonly outcome: 'refused'
  readonly by: string
}
/** The client turns the server away. */
export interface ClientRefuses {
  readonly outcome: 'client-refuses'
}
export interface Started {
  readonly outcome: 'started'
  /** All must be in the log lines up to readiness. */
  readonly logs?: readonly Template[]
}
export interface NotStarted {
  readonly outcome: 'not-started'
}

export const served = (what: Omit<Served, 'outcome'> = {}): Served => ({ outcome: 'served', ...what })
export const refused = (what: { by: string } = { by: 'm1' }): Refused => ({ outcome: 'refused', ...what })
export const clientRefuses = (): ClientRefuses => ({ outcome: 'client-refuses' })
export const started = (what: Omit<Started, 'outcome'> = {}): Started => ({ outcome: 'started', ...what })
export const notStarted = (): NotStarted => ({ outcome: 'not-started' })

/** Why a refusal is the right one: a name in the tables by etcd and Go release (`fixtures/refusals.ts`). */
export interface Because {
  readonly reason: RefusalReason
}
export interface BecauseExit {
  readonly failure: StartFailure
}
/** The client's own error, and etcd's log of the alert the client sent. */
export interface BecauseClient {
  /** Exit status of the command. */
  readonly exit: number
  readonly error: RegExp
  /** Absent where the client says nothing to etcd at all: then no byte may have come back. */
  readonly reason?: RefusalReason
}

/** What the page prints. A difference is drift, not failure. */
export interface Printed {
  readonly alert?: number
  readonly status?: number
  /** Exit status of a command. */
  readonly exit?: number
  /** Text in the place named; addresses are mapped back to the page's before comparing. */
  readonly text?: string
  readonly in?: 'log' | 'body' | 'error' | 'output'
}
