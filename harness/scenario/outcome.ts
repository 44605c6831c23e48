import type { CredentialSpec } from '../../fixtures/credential.ts'
import type { RefusalReason, StartFailure } from '../../fixtures/refusals.ts'
import type { Listener, TlsVersion } from './probe.ts'

/** Text with `<version>` or `<minor>` in it, replaced by the subject's. */
export type Template = string

/** What a served answer must show. Everything given must hold. */
export interface Served extends Asked {
  readonly outcome: 'served'
  /** HTTP status, or those that will do; default any 2xx. */
  readonly status?: number | readonly number[]
  /** All must be in the start of the body, the command's output or the gRPC response as JSON. */
  readonly contains?: readonly Template[]
  /** IANA name of the negotiated suite. */
  readonly suite?: string
  readonly tls?: TlsVersion
  /** OpenSSL's and the server certificate's own word: the chain was verified by the client. */
  readonly verified?: boolean
  /** The certificate that etcd shows is this one. */
  readonly shows?: CredentialSpec
  /** The names of the certificate that etcd shows are these: `DNS:m1.etcd.local`, `IP Address:10.138.0.2`. */
  readonly names?: readonly string[]
  /** Handshake messages that must have gone over the wire from the client (RFC 8446 4, RFC 5246 7.4). */
  readonly sent?: readonly ('certificate' | 'certificate_verify' | 'finished')[]
}
/** etcd turns the probe away: by alert, by status or by gRPC code, as `because` says for this build. */
export interface Refused extends Asked {
  readonly outcome: 'refused'
  readonly by: string
}
/** What the refusing or accepting side asks the DNS of the world: `A b.com`, `PTR 10.138.0.2`, `SRV …`. */
export interface Asked {
  /** All were asked, in this order; others may lie between. */
  readonly asked?: readonly string[]
  /** None of these was asked. */
  readonly neverAsked?: readonly string[]
}
/** The members are one cluster. */
export interface Formed extends Asked {
  readonly outcome: 'formed'
  /** Member → texts that must all be in its log. */
  readonly logs?: Readonly<Record<string, readonly Template[]>>
}
/** The members do not become one cluster: `by` turns away `from`, again and again, and `from` does not serve. */
export interface NotFormed {
  readonly outcome: 'not-formed'
  readonly by: string
  readonly from: string
}
/** The candidate became a started member. */
export interface Joined extends Asked {
  readonly outcome: 'joined'
}
/** The member dialled, and showed this certificate. */
export interface Dialled {
  readonly outcome: 'dialled'
  readonly shows: CredentialSpec
}
/** Every step of the timeline came out as it says, in one process. */
export interface Kept {
  readonly outcome: 'kept'
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
export const refused = (what: Omit<Refused, 'outcome'> = { by: 'm1' }): Refused => ({
  outcome: 'refused',
  ...what,
})
export const formed = (what: Omit<Formed, 'outcome'> = {}): Formed => ({ outcome: 'formed', ...what })
export const notFormed = (what: Omit<NotFormed, 'outcome'>): NotFormed => ({ outcome: 'not-formed', ...what })
export const joined = (what: Asked = {}): Joined => ({ outcome: 'joined', ...what })
export const dialled = (shows: CredentialSpec): Dialled => ({ outcome: 'dialled', shows })
export const kept = (): Kept => ({ outcome: 'kept' })
export const clientRefuses = (): ClientRefuses => ({ outcome: 'client-refuses' })
export const started = (what: Omit<Started, 'outcome'> = {}): Started => ({ outcome: 'started', ...what })
export const notStarted = (): NotStarted => ({ outcome: 'not-started' })

/** Why a refusal is the right one: a name in the tables by etcd and Go release (`fixtures/refusals.ts`). */
export interface Because {
  readonly reason: RefusalReason
  /** The probe asks a v2 proxy, and `by` is the member whose listener, this one, turns the proxy away. */
  readonly proxyAt?: Listener
}
export interface BecauseExit {
  readonly failure: StartFailure
}
/** The client's own error, and etcd's log of the alert the client sent. */
export interface BecauseClient {
  /** Exit status of the command. */
  readonly exit: number
  readonly error: RegExp
  /** What the clients of older builds say instead; the first counts whose range a build is in. */
  readonly older?: OlderClient | readonly OlderClient[]
  /** Absent where the client says nothing to etcd at all: then no byte may have come back. */
  readonly reason?: RefusalReason
}

export interface OlderClient {
  /** semver range over the etcd version. */
  readonly builds: string
  readonly exit: number
  readonly error: RegExp
}

/** What the page prints. A difference is drift, not failure. */
export interface Printed {
  readonly alert?: number
  readonly status?: number
  /** Exit status of a command. */
  readonly exit?: number
  /** Text in the place named (`said`: the candidate's own log); addresses are mapped back to the page's before comparing. */
  readonly text?: string
  readonly in?: 'log' | 'said' | 'body' | 'error' | 'output'
}
