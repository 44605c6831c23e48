import type { Observation, SeenStep } from '../probe/observation.ts'
import type { LogLine } from '../world/log-line.ts'

/** Everything that was seen for one cell, in the order it happened. The judge knows nothing else. */
export interface Evidence {
  /** Acts after the start that must all be served. */
  readonly setup: readonly Observation[]
  /** The start of the member that the cell is about. */
  readonly start: Observation
  /** The control before the probe. */
  readonly before?: Observation
  readonly probe?: Observation
  /** The control after the probe: the same process still serves. */
  readonly after?: Observation
  /** The probe once more: a refusal stays a refusal. */
  readonly again?: Observation
  /** The same probe in the world without the guard; a world that does not start is seen as such. */
  readonly without?: Observation
  /** The start of the control world of a no-start cell. */
  readonly control?: Observation
  /** The steps of a timeline, in their order. */
  readonly steps?: readonly SeenStep[]
  /** The other processes of the world: how each started, and whether it was alive at the end. */
  readonly others?: Readonly<Record<string, { readonly start: Observation; readonly alive: boolean }>>
  /** `identity` of a credential (fixtures/pki/leaf.ts) → SHA-256 of its certificate, as in `SeenCertificate`. */
  readonly fingerprints?: Readonly<Record<string, string>>
  /** The process that the probe met was alive when all was done. */
  readonly alive: boolean
  /** The member's whole log. */
  readonly log: readonly LogLine[]
  /** Those of all members, where the claim is about all of them. */
  readonly logs?: Readonly<Record<string, readonly LogLine[]>>
  /** What ended in its worlds unordered once it was done, a sentence each. */
  readonly endedLater?: readonly string[]
}

/** Address of the member that the cell is about: a probe may go to a relay instead. */
export const addressOf = ({ start }: Pick<Evidence, 'start'>): string => hostOf(start.to)

/** `10.138.0.2:2380` → `10.138.0.2`. */
export const hostOf = (endpoint: string): string => endpoint.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')

/** Addresses of this run → the page's logical ones, for comparing printed texts. */
export type Logical = (text: string) => string
