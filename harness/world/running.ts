import type { FileRef } from '../../fixtures/credential.ts'
import type { Subject } from '../subject/subject.ts'
import type { LogBook } from './log-book.ts'

/** A member whose process was started. */
export interface RunningMember {
  readonly name: string
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

/** What probes may use of a running world. */
export interface ProbeContext {
  readonly subject: Subject
  /** Errors: HarnessError `unknown-member`. */
  member(name: string): RunningMember
  /** PEM text of a file of this world; mints what was not minted yet. */
  pem(ref: FileRef): Promise<string>
  /** Replaces `@m1` by the address of m1. */
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
