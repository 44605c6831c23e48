import type { FileRef } from '../../fixtures/credential.ts'
import type { Observation, SeenQuery } from '../probe/observation.ts'
import type { Listener } from '../scenario/probe.ts'
import type { JoinProbe } from '../scenario/cluster.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import type { LogBook } from './log-book.ts'

/** A member whose process was started. */
export interface RunningMember {
  readonly name: string
  /** The name in the URLs it advertises, where it is not its address. */
  readonly host?: string
  /** IPv4 address the harness dials. */
  readonly address: string
  readonly clientPort: number
  readonly peerPort: number
  readonly log: LogBook
}

/** What a one-shot client container did. */
export interface CommandResult {
  /** IPv4 address the command ran at: etcd's log names it. */
  readonly address: string
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where to dial so that a connection reaches a port of a member. */
export interface Route {
  readonly address: string
  readonly port: number
  /** The member sees this address, and a port of its own choice, instead of ours. */
  readonly seenAs?: string
}

/** What probes may use of a running world. */
export interface ProbeContext {
  readonly subject: Subject
  /** Errors: HarnessError `unknown-member`. */
  member(name: string): RunningMember
  /** The way to a listener; `from` a client of the world, else from this host. Errors: HarnessError `unknown-client`. */
  route(to: string, listener: Listener, from?: string): Promise<Route>
  /** PEM text of a file of this world; mints what was not minted yet. */
  pem(ref: FileRef): Promise<string>
  /** Replaces `@m1` by the address of m1, and the page's addresses by the world's. */
  resolve(text: string): string
  /** Runs a command of the subject's image beside the members and waits for its end. */
  runBeside(
    command: readonly string[],
    options: {
      readonly files: Readonly<Record<string, string>>
      readonly environment: Readonly<Record<string, string>>
    },
  ): Promise<CommandResult>
  /** Milliseconds a probe waits before it says that nothing came. */
  readonly limit: number
}

/** What acts on members, beside probes, may use. */
export interface ClusterContext extends ProbeContext {
  readonly spec: WorldSpec
  /** The start of a process of the world, observed. */
  startOf(name: string): Observation
  /** The process that was started still runs. Errors: HarnessError. */
  isAlive(name: string): Promise<boolean>
  /** Peer URL under which a process of the world is announced. */
  peerUrl(name: string): string
  /**
   * Starts a candidate with some options changed, beside those of `initial-cluster` and its state, which are worked
   * out; ends when it serves or has ended. Errors: HarnessError `no-container`, `not-a-candidate`.
   */
  startCandidate(who: string, options: NonNullable<JoinProbe['options']>): Promise<StartedCandidate>
  /** Address of this host on the members' network: listeners of ours are announced with it. */
  readonly hostAddress: string
  /** Questions that reached the world's DNS, from the given place in its log on; none without a zone. */
  queries(from?: number): readonly SeenQuery[]
  /** Waits until every question that was answered by now is among them. Errors: HarnessError `dns-silent`. */
  queriesSettled(): Promise<void>
}

export interface StartedCandidate extends RunningMember {
  /** Serving, ended, or neither. */
  readonly start: Observation
  remove(): Promise<void>
}

/** What a timeline may do beside probes; files are changed by `mounted-members.ts`. */
export interface TimelineContext extends ClusterContext {
  /** Ends the process by SIGTERM and starts it again in the same container, observed; its log goes on. */
  restart(member: string): Promise<Observation>
}
