/** Why Go does not read a certificate. */
export interface Unreadable {
  /** What it has, behind "it" or behind its name. */
  readonly why: string
  /** What to change. */
  readonly mend: string
  /** Whether Go reads it cannot be told. */
  readonly open?: true
}
