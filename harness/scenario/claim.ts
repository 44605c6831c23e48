import type { Steps } from '../../fixtures/step.ts'
import type { DialsProbe, FormsProbe, JoinProbe } from './cluster.ts'
import type { AnyProbeSpec, ProbeSpec, StartProbe, TlsVersion } from './probe.ts'
import type {
  Because,
  BecauseClient,
  BecauseExit,
  ClientRefuses,
  Dialled,
  Formed,
  Joined,
  Kept,
  NotFormed,
  NotStarted,
  Printed,
  Refused,
  Served,
  Started,
} from './outcome.ts'
import type { TimelineProbe } from './timeline.ts'
import type { WorldSpec } from './world.ts'

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

/** What a build must have for the cell to be asked at all. */
export interface Needs {
  readonly tls?: TlsVersion
  /** semver range over the etcd version, and why others cannot be asked. */
  readonly etcd?: { readonly range: string; readonly why: string }
  /** semver range over the Go version, and why others cannot be asked. */
  readonly go?: { readonly range: string; readonly why: string }
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

interface CellBase extends Versions {
  readonly given: WorldSpec
  readonly before?: Before | readonly Before[]
  readonly printed?: Printed
  readonly known?: KnownDeviation | readonly KnownDeviation[]
  readonly needs?: Needs
}

export interface ServeCell extends CellBase {
  readonly when: ProbeSpec
  readonly then: Served
  /** A probe that must be refused in the same world, where the promise has such a side. */
  readonly unlike?: ProbeSpec
}
export interface RefuseCell extends CellBase {
  readonly when: ProbeSpec
  readonly then: Refused
  readonly because: Because
  /** The control: differs in one thing and is served by the same process. */
  readonly unlike: ProbeSpec
  /** What the control must show; default served(). */
  readonly control?: Served
  /** The world without the guard: the same probe must be served there. */
  readonly without?: WorldSpec
}
export interface ClientRefusesCell extends CellBase {
  readonly when: ProbeSpec
  readonly then: ClientRefuses
  readonly because: BecauseClient
  readonly unlike: ProbeSpec
  readonly control?: Served
}
export interface StartCell extends CellBase {
  readonly when: StartProbe
  readonly then: Started
}
export interface NoStartCell extends CellBase {
  readonly when: StartProbe
  readonly then: NotStarted
  readonly because: BecauseExit
  /** The control: the world with the one thing put right, which starts. */
  readonly unlike: WorldSpec
}
export interface FormCell extends CellBase {
  readonly when: FormsProbe
  readonly then: Formed
}
export interface NoFormCell extends CellBase {
  readonly when: FormsProbe
  readonly then: NotFormed
  readonly because: Because
  /** The control: the world with the one thing put right, whose members form a cluster. */
  readonly unlike: WorldSpec
}
export interface JoinCell extends CellBase {
  readonly when: JoinProbe
  readonly then: Joined
}
export interface NoJoinCell extends CellBase {
  readonly when: JoinProbe
  readonly then: Refused
  readonly because: Because
  /** The control: the same join with the one thing put right, which the same cluster accepts. */
  readonly unlike: JoinProbe
  /** The world without the guard: the same join is accepted there. */
  readonly without?: WorldSpec
}
export interface DialCell extends CellBase {
  readonly when: DialsProbe
  readonly then: Dialled
}
export interface TimelineCell extends CellBase {
  readonly when: TimelineProbe
  readonly then: Kept
}
export type Cell =
  | ServeCell
  | RefuseCell
  | ClientRefusesCell
  | StartCell
  | NoStartCell
  | FormCell
  | NoFormCell
  | JoinCell
  | NoJoinCell
  | DialCell
  | TimelineCell
export type { AnyProbeSpec }

export type Axes = Readonly<Record<string, readonly string[]>>
export type Point<A extends Axes> = { readonly [K in keyof A]: A[K][number] }
export interface Matrix {
  readonly axes: Axes
  readonly cell: (at: Readonly<Record<string, string>>) => Cell
}

/** A claim over several points. Axis values are letters, digits, `.` and `-`. */
export function over<const A extends Axes>(axes: A, cell: (at: Point<A>) => Cell): Matrix {
  return { axes, cell: cell as Matrix['cell'] }
}

/** The words on releases count for every cell of the claim that has none of its own. */
export interface ClaimText extends Versions {
  /** The promise, in our own words. */
  readonly says: string
  /** Fingerprints of the page's sentences. */
  readonly cites?: readonly string[]
  /** Said when the page leaves the matter open and the cell records what builds do. */
  readonly open?: string
}
export type Claim = ClaimText & (Cell | Matrix)

export interface Scenario {
  /** `page/section`. */
  readonly id: string
  /** The page's own heading. */
  readonly heading: string
  readonly claims: Readonly<Record<string, Claim>>
}
