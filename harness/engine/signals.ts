export const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
export type EndingSignal = (typeof endingSignals)[number]

type OnSignal = (signal: EndingSignal) => void
type OnNewListener = (event: string | symbol, listener: (...args: never[]) => unknown) => void

/** The parts of `process` that a lifetime needs; a test gives its own. */
export interface SignalSource {
  on(event: EndingSignal, listener: OnSignal): unknown
  on(event: 'newListener', listener: OnNewListener): unknown
  on(event: 'exit', listener: () => void): unknown
  off(event: EndingSignal, listener: OnSignal): unknown
  off(event: 'newListener', listener: OnNewListener): unknown
  exit(code: number): void
}

/**
 * Makes `listener` the only one that answers the ending signals until the returned function is called. Libraries
 * that come later would end the process before it is cleaned up: vitest's logger exits a millisecond after
 * SIGINT and SIGTERM (packages/vitest/src/node/logger.ts), vite's server on SIGTERM.
 */
export function ownSignals(source: SignalSource, listener: OnSignal): () => void {
  for (const signal of endingSignals) source.on(signal, listener)
  const turnAway: OnNewListener = (event, other) => {
    const signal = endingSignals.find((one) => one === event)
    // It is announced before it is added.
    if (signal !== undefined)
      queueMicrotask(() => {
        source.off(signal, other as OnSignal)
      })
  }
  source.on('newListener', turnAway)
  return () => {
    source.off('newListener', turnAway)
    for (const signal of endingSignals) source.off(signal, listener)
  }
}
