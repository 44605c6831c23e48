import { CommanderError } from 'commander'
import { explainFailure } from './failure.ts'
import { asCommand, buildProgram } from './program.ts'

/** Something left open must not keep a finished command alive for longer than this, in milliseconds. */
const exitLimit = 2000

// Who reads only the start of the output (`| head`) has what they wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit()
  throw error
})

// Node's own status for it, 1, would say that a promise was broken. What is left in the engine the next run takes away.
process.on('uncaughtException', (error) => process.exit(explainFailure(error)))

try {
  const program = buildProgram((code) => (process.exitCode = code))
  await program.parseAsync(asCommand(process.argv.slice(2), program), { from: 'user' })
} catch (error) {
  // Commander has said what is wrong with the command line, or has shown the help that was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else process.exitCode = explainFailure(error)
}
setTimeout(() => process.exit(), exitLimit).unref()
