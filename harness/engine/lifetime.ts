import { constants } from 'node:os'
import { ownSignals, type EndingSignal, type SignalSource } from './signals.ts'

/** What a command may use while it runs. */
export interface Lifetime {
  /** Aborted by the first signal; its reason is an InterruptedError. */
  readonly signal: AbortSignal
  /** Registers a clean-up; they run last first, whatever ends the work. */
  defer(what: string, act: () => Promise<unknown>): void
}

/** The reason of an aborted lifetime. */
export class InterruptedError extends Error {
  readonly signal: EndingSignal
  constructor(signal: EndingSignal) {
    super(`Interrupted by ${signal}.`)
    this.name = 'InterruptedError'
    this.signal = signal
  }
}

/** The exit status of work that a signal ended, 128 + the signal's number; undefined where none did. */
export const statusOf = ({ reason }: AbortSignal): number | undefined =>
  reason instanceof InterruptedError ? numberOf(reason.signal) : undefined

const numberOf = (signal: EndingSignal): number => 128 + constants.signals[signal]

export interface LifetimeOptions {
  readonly source?: SignalSource
  /** Tells the person what happens; default standard error. */
  readonly say?: (text: string) => void
  /** How long interrupted work may take to end by itself, in milliseconds; default 30 s. */
  readonly limit?: number
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number
}

/** One Ctrl-C may come twice: from the terminal, and handed on by `timeout` or npx. Milliseconds. */
const oneInterruption = 1000

/**
 * Runs `work` and then its clean-ups. The first SIGINT, SIGTERM or SIGHUP aborts the work and ends it cleanly;
 * a second one, a second or more later, exits at once and leaves the clean-up to the sweep of the next run. Once
 * interrupted, signals are answered until the process is gone, so that its status stays this one.
 * @returns the exit status: that of the work, 128 + the signal's number when interrupted, 3 when a clean-up fails.
 */
export async function during(
  work: (life: Lifetime) => Promise<number>,
  { source = process, say = complain, limit = 30_000, now = () => performance.now() }: LifetimeOptions = {},
): Promise<number> {
  const abort = new AbortController()
  const cleanUps: CleanUp[] = []
  let code: number | undefined
  let since = 0
  const onSignal = (signal: EndingSignal): void => {
    const number = numberOf(signal)
    if (code !== undefined) {
      if (now() - since >= oneInterruption) source.exit(number)
      return
    }
    code = number
    since = now()
    say('Ending the run and cleaning up; interrupt once more to leave at once (the next run cleans up then).')
    abort.abort(new InterruptedError(signal))
  }
  const release = ownSignals(source, onSignal)
  try {
    const life = {
      signal: abort.signal,
      defer: (what: string, act: () => Promise<unknown>) => cleanUps.push({ what, act }),
    }
    let told: number | undefined
    const telling = work(life).then((status) => (told = status))
    const own = await endOf(telling, abort.signal, limit, say)
    const clean = await cleanUp(cleanUps.splice(0), say)
    const status = code ?? (clean || own === 2 ? own : 3)
    // What came after the work's last word changes what it said.
    if (told !== undefined && told !== status)
      say(`The exit status is ${String(status)}, not ${String(told)}.`)
    return status
  } finally {
    // The work failed: its error goes on to the caller, after the same clean-up.
    await cleanUp(cleanUps.splice(0), say)
    if (code === undefined) release()
    else keepUntilGone(source, code)
  }
}

/** Node gives up its signal handlers after `exit` and before the process is gone; here it goes with `exit`. */
function keepUntilGone(source: SignalSource, code: number): void {
  source.on('exit', () => source.exit(code))
}

interface CleanUp {
  readonly what: string
  readonly act: () => Promise<unknown>
}

const complain = (text: string): void => void process.stderr.write(`${text}\n`)

/** The work's own end; once interrupted, an error is part of ending, and the limit is how long we wait. */
async function endOf(
  work: Promise<number>,
  signal: AbortSignal,
  limit: number,
  say: (text: string) => void,
): Promise<number> {
  const { promise: late, resolve } = Promise.withResolvers<number>()
  let timer: NodeJS.Timeout | undefined
  const onAbort = (): void => {
    timer = setTimeout(() => {
      say(`The interrupted run did not end within ${String(limit / 1000)} s; cleaning up without it.`)
      resolve(3)
    }, limit)
  }
  signal.addEventListener('abort', onAbort, { once: true })
  const settled = work.catch((error: unknown) => {
    if (signal.aborted) return 3
    throw error
  })
  try {
    return await Promise.race([settled, late])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}

/** Last registered first. A failing one is told and does not keep the others from running. */
async function cleanUp(cleanUps: readonly CleanUp[], say: (text: string) => void): Promise<boolean> {
  let clean = true
  for (const { what, act } of cleanUps.toReversed()) {
    try {
      await act()
    } catch (error) {
      clean = false
      say(`Cleaning up failed (${what}): ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  return clean
}
