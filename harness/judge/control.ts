import type { Observation } from '../probe/observation.ts'
import type { Served } from '../scenario/outcome.ts'
import { aliveCheck, check, type Check } from './check.ts'
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
    aliveCheck('the process', evidence.alive),
  ]
}

/** The same probe is served where the guard was taken away. */
export const withoutCheck = (evidence: Evidence, expected: Omit<Served, 'outcome'> = {}): Check =>
  servedCheck('without', 'without the guard the same probe is served', evidence.without, {
    ...(expected.status === undefined ? {} : { status: expected.status }),
  })

/**
 * Where a build logs nothing for a reason, only the world without the guard shows that the guard refused.
 * @param without its check, where the claim has such a world
 */
export const silenceCheck = (without: Check | undefined): Check =>
  check(
    'because',
    without?.met === true,
    'a world without the guard stands in for the log line that this build does not write',
    without?.seen ?? 'the claim has no such world',
  )

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
