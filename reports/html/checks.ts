import type { CellResult, Check } from '../schema.ts'

/** Where a check stands in time; the second `then` opens what the probe showed the second time. */
const places: Readonly<Record<Check['question'], number>> = {
  setup: 0,
  health: 1,
  then: 2,
  because: 2,
  control: 3,
  without: 6,
  printed: 7,
  declared: 8,
}
const again = 4
const end = 5

/** Checks in the order in which things happened: control before, probe, why, control after, again, without. */
export function inTimeOrder(checks: readonly Check[]): Check[] {
  let second = false
  return checks
    .map((check) => {
      second ||= isAgain(check)
      const late = check.question === 'health' && check.expected.includes('to the end')
      const ofProbe = check.question === 'then' || check.question === 'because'
      return { check, place: late ? end : second && ofProbe ? again : places[check.question] }
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ check }) => ({ ...check, expected: readable(check.expected) }))
}

const isAgain = ({ question, expected }: Check): boolean => question === 'then' && /\bagain$/.test(expected)
const logReason = /^(etcd's log gives the reason for this connection) \(([\w-]+): (.*)\)$/s

/** The reason's name first, its pattern last. */
const readable = (expected: string): string =>
  expected.replace(logReason, '$2: $1; its text fits the pattern $3').trim()

/**
 * Why a refusal is the right one, in one sentence made of the checks; none for what is not such a refusal. Of a timeline each step
 * has its own check, and the probe is that of one step among them.
 */
export function rightRefusal({ verdict, checks, probe, timeline }: CellResult): string | undefined {
  const met = (fits: (check: Check) => boolean) => checks.some((check) => check.met && fits(check))
  if (verdict !== 'pass' && verdict !== 'drift') return undefined
  if (
    probe === undefined ||
    timeline !== undefined ||
    !met(({ question, expected }) => question === 'then' && expected.includes('refused'))
  )
    return undefined
  const reason = checks.find(({ met, expected }) => met && logReason.test(expected))
  const name = reason && logReason.exec(reason.expected)?.[2]
  const before = met(
    ({ question, expected }) => question === 'health' && expected.startsWith('the control is served'),
  )
  const after = met(({ question }) => question === 'control')
  const control = [...(before ? ['before'] : []), ...(after ? ['after'] : [])].join(' and ')
  const parts = [
    `Refused${withWhat(probe)}${name === undefined ? '' : `, logged for this connection as ${name}`}`,
    ...(control === '' ? [] : [`the control was served ${control} it`]),
    ...(met(isAgain) ? ['the same probe was refused again'] : []),
    ...(met(({ question }) => question === 'without') ? ['without the guard it was served'] : []),
  ]
  return `${parts.join('; ')}.`
}

function withWhat({ alert, http, grpc }: NonNullable<CellResult['probe']>): string {
  if (alert !== undefined) return ` with alert ${String(alert.number)} ${alert.name}`
  if (http !== undefined) return ` with status ${String(http.status)}`
  return grpc === undefined ? '' : ` with gRPC ${grpc.code}`
}
