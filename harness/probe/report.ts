import { defined } from '../defined.ts'
import type { Observation } from './observation.ts'
import type { Target } from './target.ts'
import type { Watch } from './watch.ts'

type Extra = Pick<Observation, 'http' | 'grpc' | 'command'>

/** What a probe knows besides the connection. */
export interface About extends Extra {
  readonly probe: string
  readonly at: Date
  readonly target: Target
  readonly byHand: readonly string[]
  /** The member saw this address and a port that is not known, instead of ours (`Route`). */
  readonly seenAs?: string | undefined
}

/** The observation of one connection. Its log lines are joined by others. */
export function report(watch: Watch, about: About): Observation {
  const { target, at, seenAs, ...rest } = about
  return {
    ...rest,
    at: at.toISOString(),
    milliseconds: watch.elapsed(),
    to: `${target.address}:${target.port}`,
    connected: watch.connected,
    answered: watch.answered,
    // Observations are stored as JSON.
    ...defined({
      ...(seenAs === undefined ? { localPort: watch.localPort } : { localAddress: seenAs }),
      tls: watch.tls,
      alert: watch.alert,
      closed: watch.closed,
      error: watch.error,
    }),
    log: [],
  }
}
