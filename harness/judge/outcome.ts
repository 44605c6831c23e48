import type { Observation } from '../probe/observation.ts'
import type { Served } from '../scenario/outcome.ts'
import { describe } from './describe.ts'

/**
 * What a probe came to, before any reason is asked for.
 * `answered`: etcd's application gave an answer other than the one expected.
 * `turned-away`: etcd ended it by alert or by closing. `silent`: nothing came within the limit.
 */
export type Outcome = 'served' | 'answered' | 'turned-away' | 'client-refused' | 'silent' | 'unreached'

export interface Answer {
  readonly outcome: Outcome
  /** Why it is not `served`; empty when it is. */
  readonly missing: readonly string[]
}

/** Sorts an observation by what the expectation `served` asks for. */
export function outcomeOf(seen: Observation, expected: Omit<Served, 'outcome'>): Answer {
  if (hasAnswer(seen)) {
    const missing = missingOf(seen, expected)
    return { outcome: missing.length === 0 ? 'served' : 'answered', missing }
  }
  const missing = [describe(seen)]
  // What etcdctl connected to is not known; curl tells.
  if (!seen.connected && (seen.command === undefined || seen.closed !== undefined))
    return { outcome: 'unreached', missing }
  if (seen.alert?.direction === 'received') return { outcome: 'turned-away', missing }
  if (brokenOff.includes(seen.command?.exit ?? -1)) return { outcome: 'turned-away', missing }
  if (seen.closed?.how === 'limit') return { outcome: 'silent', missing }
  if (seen.alert?.direction === 'sent' || clientRefused(seen)) return { outcome: 'client-refused', missing }
  if (seen.closed?.how === 'end' || seen.closed?.how === 'reset') return { outcome: 'turned-away', missing }
  return { outcome: seen.connected ? 'silent' : 'unreached', missing }
}

/**
 * curl's exits when the other side ended the connection: which one it is depends on a race between the alert
 * and the reset under TLS 1.3, so etcd's log has to say why. 35 needs the alert itself: it is also curl's own.
 */
export const brokenOff: readonly number[] = [16, 18, 52, 55, 56]

/** etcd's application, or for a bare hello its TLS stack, gave an answer. */
function hasAnswer(seen: Observation): boolean {
  if (seen.http !== undefined) return true
  if (seen.grpc !== undefined)
    return !['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED'].includes(seen.grpc.code)
  if (seen.command !== undefined) return seen.command.exit === 0
  return seen.tls?.handshake === false && seen.tls.suite !== undefined && seen.alert === undefined
}

const clientRefused = (seen: Observation): boolean =>
  typeof seen.tls?.verified === 'string' || (seen.command !== undefined && seen.command.exit !== 0)

function missingOf(seen: Observation, expected: Omit<Served, 'outcome'>): string[] {
  const missing: string[] = []
  const ask = (met: boolean, what: string) => void (met || missing.push(what))
  if (seen.http) ask(...statusFits(seen.http.status, expected.status))
  if (seen.grpc) ask(seen.grpc.code === 'OK', `gRPC ${seen.grpc.code}: ${seen.grpc.details}`)
  const text = answerText(seen)
  for (const part of expected.contains ?? [])
    ask(contains(text, part), `the answer does not contain ${JSON.stringify(part)}`)
  if (expected.suite !== undefined)
    ask(
      seen.tls?.suite === expected.suite,
      `the suite is ${seen.tls?.suite ?? 'unknown'}, not ${expected.suite}`,
    )
  if (expected.tls !== undefined)
    ask(
      seen.tls?.version === expected.tls,
      `TLS ${seen.tls?.version ?? 'unknown'} was spoken, not ${expected.tls}`,
    )
  if (expected.verified === true)
    ask(seen.tls?.verified === true, `the client did not verify the server: ${String(seen.tls?.verified)}`)
  for (const message of expected.sent ?? [])
    ask(seen.tls?.sent?.includes(message) === true, `the client was not seen to send ${message}`)
  return missing
}

/** Without a status, any 2xx will do (RFC 9110 15.3). */
function statusFits(status: number, expected?: number | readonly number[]): [boolean, string] {
  const wanted = expected === undefined ? undefined : [expected].flat()
  const met = wanted?.includes(status) ?? (status >= 200 && status < 300)
  return [met, `the status is ${String(status)}, not ${wanted?.join(' or ') ?? '2xx'}`]
}

/** An empty text is in every answer: it would show nothing. */
export const contains = (text: string, part: string): boolean => part !== '' && text.includes(part)

/** Where an answer's text is looked for. */
export const answerText = (seen: Observation): string =>
  [seen.http?.body, seen.grpc?.response, seen.command?.stdout].filter((text) => text !== undefined).join('\n')

/** The process serves: seen by its start, or by any answer it gave. */
export const hasStarted = (seen: Observation): boolean => seen.process?.ready ?? seen.answered
