import type { Observation } from '../probe/observation.ts'
import type { Asked } from '../scenario/outcome.ts'
import { check, type Check } from './check.ts'
import { hostOf, type Logical } from './evidence.ts'

/**
 * What one side asked the DNS of the world, against what it must and must not have asked; letter case is no matter
 * (RFC 4343). `by`: address of that side; default the one the probe went to. Empty where nothing is said of names.
 */
export function askedChecks(
  outcome: Asked,
  seen: Observation,
  logical: Logical,
  by = hostOf(seen.to),
): Check[] {
  const { asked = [], neverAsked = [] } = outcome
  if (asked.length === 0 && neverAsked.length === 0) return []
  const questions = seen.dns
    ?.filter(({ from }) => from === by)
    .map(({ type, name }) => logical(`${type} ${name}`))
  const told = toldOf(questions)
  return [
    ...(asked.length === 0
      ? []
      : [check('then', inOrder(asked, questions ?? []), `asks the DNS ${asked.join(', then ')}`, told)]),
    ...neverAsked.map((question) =>
      check(
        'then',
        questions !== undefined && !questions.some((other) => alike(other, question)),
        `never asks the DNS ${question}`,
        told,
      ),
    ),
  ]
}

/** The DNS was listened to, and says otherwise: the promise itself is broken. */
export const askedOtherwise = (checks: readonly Check[], { dns }: Observation): boolean =>
  dns !== undefined && checks.some(({ met }) => !met)

const toldOf = (questions: readonly string[] | undefined): string => {
  if (questions === undefined) return 'the world has no DNS that was listened to'
  return questions.length === 0 ? 'it asked nothing' : questions.join(', ')
}

/** All of `wanted` are in `questions`, in their order; others may lie between. */
function inOrder(wanted: readonly string[], questions: readonly string[]): boolean {
  let from = 0
  return wanted.every((one) => {
    const at = questions.findIndex((other, n) => n >= from && alike(other, one))
    from = at + 1
    return at >= 0
  })
}

const alike = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
