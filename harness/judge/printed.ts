import type { Observation } from '../probe/observation.ts'
import type { Printed } from '../scenario/outcome.ts'
import type { LogLine } from '../world/log-line.ts'
import { check, type Check } from './check.ts'
import { describe } from './describe.ts'
import type { Logical } from './evidence.ts'
import { answerText } from './outcome.ts'

/** What the page prints against what was seen; a difference is drift. */
export function printedChecks(
  printed: Printed | undefined,
  seen: Observation,
  log: readonly LogLine[],
  logical: Logical,
): Check[] {
  if (printed === undefined) return []
  const { alert, status, exit, text } = printed
  const checks: Check[] = []
  if (alert !== undefined)
    checks.push(
      check(
        'printed',
        seen.alert?.number === alert,
        `the page prints alert ${String(alert)}`,
        describe(seen),
      ),
    )
  if (status !== undefined)
    checks.push(
      check(
        'printed',
        seen.http?.status === status,
        `the page prints status ${String(status)}`,
        describe(seen),
      ),
    )
  const ended = seen.command?.exit ?? seen.process?.exit
  if (exit !== undefined)
    checks.push(check('printed', ended === exit, `the page prints exit ${String(exit)}`, describe(seen)))
  if (text !== undefined) {
    const place = placeText(printed.in ?? 'log', seen, log)
    const mapped = logical(place)
    checks.push(
      check(
        'printed',
        mapped.includes(text),
        `the page prints ${JSON.stringify(text)}`,
        cut(place.split('\n').slice(lineOf(mapped, text)).join('\n')) || describe(seen),
      ),
    )
  }
  return checks
}

/** Characters shown of what was seen, as it was said: with the addresses of the world. */
const shownLength = 400
const cut = (text: string): string => (text.length > shownLength ? `${text.slice(0, shownLength)}…` : text)

/** The line in which a text begins, the first where it is not found. Mapping addresses leaves lines as they are. */
const lineOf = (place: string, text: string): number =>
  place.slice(0, Math.max(0, place.indexOf(text))).split('\n').length - 1

/** Both formats quote the error: a text with quotes in it is found in the plain one. */
const withPlainError = ({ raw, error = '' }: LogLine): string =>
  raw.includes(error) ? raw : `${raw}\n${error}`

function placeText(place: NonNullable<Printed['in']>, seen: Observation, log: readonly LogLine[]): string {
  switch (place) {
    case 'log':
      // Of a start and of members that form a cluster it is the whole log of the member that was asked.
      return (seen.process === undefined && seen.form === undefined ? seen.log : log)
        .map(withPlainError)
        .join('\n')
    case 'said':
      return (seen.join?.said ?? []).map(withPlainError).join('\n')
    case 'body':
      return answerText(seen)
    case 'error':
      return [seen.error?.message, seen.grpc?.details, seen.command?.stderr].filter(Boolean).join('\n')
    case 'output':
      return [seen.command?.stdout, seen.command?.stderr].filter(Boolean).join('\n')
  }
}
