import { during } from '../engine/lifetime.ts'
import { ensureEngine } from './engine.ts'

export interface ProvisionCommandOptions {
  readonly yes?: true
  readonly tests?: true
}

/** Errors: those of `ensureEngine`. @returns the exit status. */
export const provision = (options: ProvisionCommandOptions): Promise<number> =>
  during((life) => provisionNow(options, life.signal))

async function provisionNow({ yes, tests }: ProvisionCommandOptions, signal: AbortSignal): Promise<number> {
  const missing = await ensureEngine(yes === true ? 'yes' : 'ask', signal)
  if (tests === true && missing.length > 0)
    process.stderr.write(`Missing for the tests: ${missing.join(', ')}; with them more is tested.\n`)
  // `npm test` and `npm start` have more to say than this.
  if (tests !== true) process.stdout.write('A container engine answers.\n')
  return 0
}
