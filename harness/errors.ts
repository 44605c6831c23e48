/** An error of the harness or of its input, with a stable code and its cause. */
export class HarnessError extends Error {
  readonly code: string
  /** Exit status of the command that meets it: 2 usage or input, 3 the harness or its surroundings. */
  readonly exit: 2 | 3

  constructor(code: string, message: string, options: { cause?: unknown; exit?: 2 | 3 } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'HarnessError'
    this.code = code
    this.exit = options.exit ?? 3
  }
}

/** Input that the user can mend: one sentence that names the option or file and the fix. */
export const inputError = (code: string, message: string, cause?: unknown): HarnessError =>
  new HarnessError(code, message, { cause, exit: 2 })
