import type { Observation } from '../../schema.ts'
import { clientSteps } from './client.ts'
import { dialSteps, formSteps, joinSteps, processSteps } from './members.ts'
import type { Names, Step } from './parts.ts'

/** What one observation shows, in the order in which it must have happened. */
export function stepsOf(seen: Observation, names: Names): Step[] {
  if (seen.join !== undefined) return joinSteps(seen, seen.join, names)
  if (seen.form !== undefined) return formSteps(seen, seen.form, names)
  if (seen.dial !== undefined) return dialSteps(seen, seen.dial, names)
  if (seen.process !== undefined) return processSteps(seen, seen.process, names)
  return clientSteps(seen, names)
}
