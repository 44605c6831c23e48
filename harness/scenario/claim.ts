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
import type { Before, KnownDeviation, Versions } from './deviation.ts'
import type { TimelineProbe } from './timeline.ts'
import type { WorldSpec } from './world.ts'

export type { Absent, Alike, Before, KnownDeviation, Seen, Versions } from './deviation.ts'

/** What a build must have for the cell to be asked at all. */
export interface Needs {
  readonly tls?: TlsVersion
  /** semver range over the etcd version, and why others cannot be asked. */
  readonly etcd?: { readonly range: string; readonly why: string }
  /** semver range over the Go version, and why others cannot be asked. */
  readonly go?: { readonly range: string; readonly why: string }
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
  /** Claims that every secure deployment relies on: the profile `core` of a certification. The others are `extended`. */
  readonly core?: readonly string[]
  readonly claims: Readonly<Record<string, Claim>>
}
