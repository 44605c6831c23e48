import { execa, ExecaError } from 'execa'
import { HarnessError } from '../../errors.ts'
import { line } from '../../probe/shell.ts'

/** Milliseconds one command may take; a key of 2048 bits takes about 100. */
const limit = 30_000

/** A command of a recipe: the tool's name, then its arguments. */
export type Command = readonly [tool: string, ...args: string[]]

export interface ToolRun {
  /** Where it works; private files may lie there. */
  readonly folder: string
  /** Text for its standard input; none when absent. */
  readonly input?: string
  /** Path of the tool, where it is not found by its name. */
  readonly path?: string
  /** How a person gets the tool. */
  readonly install: string
}

/**
 * Runs one command of a recipe, in a group of its own: a Ctrl-C of the terminal is for the run. Gives back its
 * standard output.
 * Errors: HarnessError `no-<tool>` it is missing, `<tool>-failed` with what it said last.
 */
export async function runTool([tool, ...args]: Command, run: ToolRun): Promise<string> {
  const { folder: cwd, input, path = tool, install } = run
  try {
    const stdin = input === undefined ? { stdin: 'ignore' as const } : { input }
    const { stdout } = await execa(path, args, { cwd, ...stdin, timeout: limit, detached: true })
    return stdout
  } catch (cause) {
    if (!(cause instanceof ExecaError)) throw cause
    if (cause.code === 'ENOENT')
      throw new HarnessError(`no-${tool}`, `The ${tool} command is missing; ${install}.`, { cause })
    const said = String(cause.stderr).trim().split('\n').slice(-3).join(' ')
    const why = cause.timedOut ? `did not end within ${limit / 1000} s` : `failed: ${said}`
    throw new HarnessError(`${tool}-failed`, `${tool} ${args[0] ?? ''} ${why}`, { cause })
  }
}

/** The commands as a person types them. */
export const typed = (commands: readonly Command[]): string[] => commands.map((command) => line(command))
