import type { Steps } from '../../fixtures/step.ts'
import type { TlsVersion } from './probe.ts'

/** Evidence a declared deviation must show. Everything given must be seen on the probe. */
export interface Seen {
  readonly alert?: number
  readonly status?: number
  readonly grpc?: string
  readonly exit?: number
  readonly suite?: string
  readonly tls?: TlsVersion
  /** The process started, or did not. */
  readonly started?: boolean
  readonly body?: RegExp
  readonly error?: RegExp
  /** In the joined log lines, or in the whole log of the member when there are none. */
  readonly log?: RegExp
  /** In no line of the whole log of the member. */
  readonly unlogged?: RegExp
  /** In a candidate's own log. */
  readonly said?: RegExp
  /** A question that the DNS of the world was asked by the member that the probe went to: `A b.com`. */
  readonly asked?: string
}

/**
 * What builds from before the step (`since`), or which the page excepts, show instead of the behaviour. Without it any
 * other outcome will do. Of several the first that speaks of the build counts.
 */
export type Before = Absent | Alike
export interface Absent {
  /** semver range over the etcd version; default every build. */
  readonly builds?: string
  /** How the behaviour is absent, in words. */
  readonly how: string
  /** What comes out otherwise; default the probe. With the control, nothing tells the two apart. */
  readonly on?: 'probe' | 'control'
  /** Must be seen on it. */
  readonly seen?: Seen
  /** The first step of a timeline that comes out otherwise. */
  readonly step?: string
}
export interface Alike {
  readonly builds?: string
  /** It comes out the same before: nothing is checked yet. Why, and which claim shows the step. */
  readonly alike: string
}

/** A fail or drift that was declared, beside the verdict. It still runs, and a stale one breaks the build. */
export interface KnownDeviation {
  /** Of builds from before the step, which have the behaviour already; default: of those that must have it. */
  readonly side?: 'before'
  /** semver range over the etcd version; default every build. */
  readonly builds?: string
  /** semver range over the Go version; default every Go. */
  readonly go?: string
  readonly verdict: 'fail' | 'drift'
  readonly seen: Seen
  readonly why: string
}

/** The page's own words on releases. */
export interface Versions {
  /** First release it promises this for; where older lines got it later, the first of each, ascending. */
  readonly since?: string | Steps
  /** Releases after that which the page takes out. */
  readonly except?: readonly string[]
  /** First release it promises this for no more; likewise by line. */
  readonly until?: string | Steps
}
