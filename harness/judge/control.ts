import type { Observation } from '../probe/observation.ts'
import type { Served } from '../scenario/outcome.ts'
import { check, type Check } from './check.ts'
import type { Evidence } from './evidence.ts'
import { describe } from './describe.ts'
import { outcomeOf } from './outcome.ts'

/** The control was served before the probe and after it, by a process that is still alive. */
export function controlChecks(evidence: Evidence, expected: Omit<Served, 'outcome'> = {}): Check[] {
  return [
    servedCheck('health', 'the control is served before the probe', evidence.before, expected),
    servedCheck(
      'control',
      'the control, which differs in one thing, is served after the probe',
      evidence.after,
      expected,
    ),
    check(
      'health',
      evidence.alive,
      'the process is alive to the end',
      evidence.alive ? 'alive' : 'it ended meanwhile',
    ),
  ]
}

/** The same probe is served where the guard was taken away. */
export const withoutCheck = (evidence: Evidence, expected: Omit<Served, 'outcome'> = {}): Check =>
  servedCheck('without', 'without the guard the same probe is served', evidence.without, {
    ...(expected.status === undefined ? {} : { status: expected.status }),
  })

export function servedCheck(
  question: Check['question'],
  what: string,
  seen: Observation | undefined,
  expected: Omit<Served, 'outcome'>,
): Check {
  if (seen === undefined) return check(question, false, what, 'it was not tried')
  const { outcome, missing } = outcomeOf(seen, expected)
  return check(
    question,
    outcome === 'served',
    what,
    outcome === 'served' ? describe(seen) : `${outcome}: ${missing.join('; ')}`,
  )
}
