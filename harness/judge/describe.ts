import type { Observation } from '../probe/observation.ts'
import { dialText, formText, joinText } from './describe-members.ts'
import { short } from './short.ts'

/** One observation in one sentence: what came back, on which TLS version and suite. */
export function describe(seen: Observation): string {
  return [what(seen), channel(seen)].filter((part) => part !== '').join(', ')
}

function what(seen: Observation): string {
  if (seen.process) return processText(seen)
  if (seen.join) return joinText(seen.join)
  if (seen.form) return formText(seen.form)
  if (seen.dial) return dialText(seen.dial)
  if (seen.alert)
    return `${seen.alert.direction === 'received' ? 'etcd sent' : 'the client sent'} alert ${String(seen.alert.number)} ${seen.alert.name}${commandText(seen, ' ')}`
  if (seen.http)
    return `HTTP ${String(seen.http.status)} ${short(seen.http.body, 120)}${commandText(seen, ' ')}`
  if (seen.grpc)
    return `gRPC ${seen.grpc.code} ${short(seen.grpc.details || (seen.grpc.response ?? ''), 160)}`
  if (seen.command) return commandText(seen, '')
  if (seen.tls?.suite === undefined) return closeText(seen)
  // A hello that was made by hand ends with etcd's first answer.
  if (!seen.tls.handshake) return 'etcd accepted the hello'
  if (typeof seen.tls.verified === 'string') return `the client refused: ${short(seen.tls.verified, 120)}`
  return `the handshake was finished, then ${closeText(seen)}`
}

function closeText(seen: Observation): string {
  const after = `after ${String(Math.round(seen.closed?.after ?? seen.milliseconds))} ms`
  const error = seen.error === undefined ? '' : ` (${seen.error.code}: ${short(seen.error.message, 120)})`
  const closed: Record<string, string> = {
    end: `etcd closed the connection without a word ${after}`,
    reset: `etcd reset the connection ${after}`,
    limit: `nothing came ${after}`,
    refused: 'nobody listens there',
    ours: `the client ended it ${after}`,
    alert: `an alert ended it ${after}`,
  }
  return `${closed[seen.closed?.how ?? ''] ?? 'no answer'}${error}`
}

function commandText(seen: Observation, lead: string): string {
  if (seen.command === undefined) return ''
  const { exit, stderr, stdout } = seen.command
  const told = stderr
    .split('\n')
    .find((line) => /^(curl: \(\d+\)|Error:|\{"level":"(fatal|error|warn)")/.test(line))
  return `${lead}exit ${String(exit)}: ${short(told ?? (stdout || stderr), 160)}`
}

function processText(seen: Observation): string {
  const { ready, exit, after } = seen.process ?? { ready: false, after: 0 }
  if (ready) return `etcd serves ${String(Math.round(after))} ms after its start`
  if (exit !== undefined) return `etcd ended with exit ${String(exit)}: ${short(lastWords(seen))}`
  return `etcd neither serves nor ends within ${String(Math.round(after))} ms`
}

function lastWords(seen: Observation): string {
  const line =
    seen.log.findLast(({ level }) => /^(fatal|error|F|C|E|panic)$/.test(level ?? '')) ??
    beforeUsage(seen.log) ??
    seen.log.findLast(({ raw }) => raw.trim() !== '')
  return line === undefined
    ? 'no log'
    : [line.message, line.error].filter((text) => text !== undefined).join(': ')
}

/** What Go's flag package says of an option it does not know, before all the help (failf, flag/flag.go). */
function beforeUsage(log: Observation['log']): Observation['log'][number] | undefined {
  const usage = log.findIndex(({ raw }) => /^usage\b/i.test(raw))
  return usage > 0 ? log[usage - 1] : undefined
}

function channel(seen: Observation): string {
  if (seen.tls?.version === undefined) return ''
  return `TLS ${seen.tls.version}${seen.tls.suite === undefined ? '' : ` ${seen.tls.suite}`}`
}
