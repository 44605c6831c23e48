import type { Command } from 'commander'
import { buildProgram } from '../program.ts'

/** The command that these arguments call, with what it was told; nothing is done. Errors: what commander throws. */
export function told(args: readonly string[]): Command {
  const program = buildProgram(() => undefined)
  let called: Command | undefined
  for (const command of program.commands)
    command.action(() => {
      called = command
    })
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  program.parse(args, { from: 'user' })
  if (called === undefined) throw new Error(`${args.join(' ')} calls no command`)
  return called
}
