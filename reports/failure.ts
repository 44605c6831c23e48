/** A results file that cannot be used: one sentence that names the file and the field. */
export class ReportError extends Error {
  /** Stable, for instance `results-not-json`. */
  readonly code: string
  /** Exit status of the command that meets it: an input error. */
  readonly exit = 2 as const

  constructor(code: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'ReportError'
    this.code = code
  }
}
