import type { TlsVersion } from '../scenario/probe.ts'
import type { LogLine } from '../world/log-line.ts'

/** An alert (RFC 8446 6, RFC 5246 7.2). */
export interface Alert {
  readonly number: number
  /** Name in the RFC, for instance `certificate_required`. */
  readonly name: string
  /** `received`: etcd sent it. `sent`: the client sent it to etcd. */
  readonly direction: 'received' | 'sent'
}

/** A certificate as seen on the wire. Public data only. */
export interface SeenCertificate {
  readonly subject: string
  readonly issuer: string
  readonly serial: string
  readonly names: string
  readonly notBefore: string
  readonly notAfter: string
  /** SHA-256, hexadecimal with colons. */
  readonly fingerprint: string
  readonly pem: string
}

export interface SeenTls {
  /** The client's handshake finished. Under TLS 1.3 a refusal may still follow. */
  readonly handshake: boolean
  readonly version?: TlsVersion
  /** IANA name. */
  readonly suite?: string
  readonly server?: SeenCertificate
  /** The client's own verification of the server: true, or the reason it failed. */
  readonly verified?: true | string
  /** A TLS 1.3 session ticket came: Go sends none to a client whose certificate it refuses. */
  readonly ticket?: boolean
  /** The server asked for a certificate. */
  readonly clientCertificateAsked?: boolean
  /** Handshake messages the client was seen to send, where the probe can see them. */
  readonly sent?: readonly string[]
}

export interface SeenHttp {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** The first 4096 characters. */
  readonly body: string
}
export interface SeenGrpc {
  /** Name of the status code, for instance `OK`, `PERMISSION_DENIED`, `UNAVAILABLE`. */
  readonly code: string
  readonly details: string
  /** The response as JSON, bytes as text; the first 4096 characters. */
  readonly response?: string
}
export interface SeenCommand {
  readonly exit: number | null
  /** The first 16384 characters each. */
  readonly stdout: string
  readonly stderr: string
}
export interface SeenProcess {
  readonly ready: boolean
  readonly exit?: number
  /** Milliseconds from the start to readiness or exit. */
  readonly after: number
}

/** A candidate's attempt to become a member. */
export interface SeenJoin {
  readonly who: string
  /** The address it dials from and listens at. */
  readonly address: string
  /** The cluster took it into its list; else why not. */
  readonly added: true | string
  /** It said that it serves, and its client listener answered. */
  readonly started: boolean
  readonly exit?: number
  /** The member that was asked lists it with its name, which a member has once it started. */
  readonly listed: boolean
  /** A key written through it was read through the member that was asked. */
  readonly writtenAndRead: boolean
  /** Why nobody knows whether it was, or whether it is listed: a call had no answer. */
  readonly unanswered?: string
  /** Its last log lines: which side turned away whom. */
  readonly said: readonly LogLine[]
}
/** What became of each member of a world. */
export interface SeenForm {
  readonly members: readonly {
    readonly name: string
    readonly started: boolean
    readonly exit?: number
    /** URLs under which the list shows it, for members and for clients; empty when it is not listed, or not as started. */
    readonly listed: readonly string[]
    /** Those that it was started with; runs of before did not note them. */
    readonly announced?: readonly string[]
    /** Members through which the key written through this one was read. */
    readonly readThrough: readonly string[]
  }[]
  /** Why nobody knows what was read or listed: a call had no answer. */
  readonly unanswered?: string
}
/** What a member showed when it dialled us. */
export interface SeenDial {
  readonly certificate?: SeenCertificate
  readonly serverName?: string
  readonly version?: TlsVersion
  /** The first line of what it sent without TLS, what cannot be printed as dots. */
  readonly inClear?: string
  /** Address it dialled from. */
  readonly from: string
}
/** One question that reached the DNS of the world. */
export interface SeenQuery {
  /** Address of who asked. */
  readonly from: string
  /** `A`, `AAAA`, `PTR`, `SRV`. */
  readonly type: string
  /** Without the dot at the end; of PTR the address itself. */
  readonly name: string
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL`, or `-` for one that got no answer. */
  readonly rcode: string
}

/** How the connection ended, and after how many milliseconds. `ours`: the client closed it, done. */
export interface SeenClose {
  readonly how: 'ours' | 'end' | 'reset' | 'alert' | 'limit' | 'refused'
  readonly after: number
}

/** What one probe saw. A value; probes never throw for what the other side does. */
export interface Observation {
  /** The probe in one line, for people. */
  readonly probe: string
  /** ISO time of the start. */
  readonly at: string
  readonly milliseconds: number
  /** The address and port that were dialled. */
  readonly to: string
  /** TCP connected. */
  readonly connected: boolean
  /** At least one byte came back. */
  readonly answered: boolean
  readonly localPort?: number
  /** The client's address, where it is another process whose port is not known. */
  readonly localAddress?: string
  readonly tls?: SeenTls
  readonly alert?: Alert
  readonly http?: SeenHttp
  readonly grpc?: SeenGrpc
  readonly command?: SeenCommand
  readonly process?: SeenProcess
  readonly join?: SeenJoin
  readonly form?: SeenForm
  readonly dial?: SeenDial
  /** What was asked of the world's DNS meanwhile, in its order. */
  readonly dns?: readonly SeenQuery[]
  readonly closed?: SeenClose
  /** The client's own error. */
  readonly error?: { readonly code: string; readonly message: string }
  /** The same act as commands a person can type. */
  readonly byHand: readonly string[]
  /** etcd's log lines that belong to this probe. */
  readonly log: readonly LogLine[]
}

/** One step of a timeline, as it came out. */
export interface SeenStep {
  readonly name: string
  readonly do: 'connect' | 'hold' | 'use' | 'rotate' | 'restart' | 'expire'
  /** Milliseconds from the start of the timeline. */
  readonly began: number
  readonly ended: number
  /** What was done, in words: `cert-file and key-file overwritten in place`. */
  readonly what: string
  /** Serial of the certificate that etcd showed; of a rotation, of the one that was written. */
  readonly serial?: string
  readonly seen?: Observation
  /** The step came out as it says; else what differs. */
  readonly met: true | string
}
