export type Phase = 'worlds' | 'probes' | 'judge'

/** Sums of milliseconds per phase, and how often it was entered. */
export class Stopwatch {
  readonly milliseconds: Record<Phase, number> = { worlds: 0, probes: 0, judge: 0 }
  readonly counts: Record<Phase, number> = { worlds: 0, probes: 0, judge: 0 }

  /** Times `act`; `count` is what it adds to the count of its phase. */
  async time<T>(phase: Phase, act: () => T | Promise<T>, count = 1): Promise<T> {
    const began = performance.now()
    try {
      return await act()
    } finally {
      this.milliseconds[phase] += performance.now() - began
      this.counts[phase] += count
    }
  }
}
