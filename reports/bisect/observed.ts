import type { Observation } from '../schema.ts'

type Part = (seen: Observation) => string | undefined

const parts: readonly Part[] = [
  ({ tls }) => (tls?.version === undefined ? undefined : `TLS ${tls.version}`),
  ({ tls }) => tls?.suite,
  ({ alert }) => alert && `alert ${String(alert.number)} ${alert.name} ${alert.direction}`,
  ({ http }) => http && `status ${String(http.status)}`,
  ({ grpc }) => grpc && `gRPC ${grpc.code}${grpc.details === '' ? '' : `: ${grpc.details}`}`,
  ({ command }) => command && `exit ${String(command.exit)}${tail(command.stderr)}`,
  ({ process }) => process && (process.ready ? 'started' : `did not start, exit ${String(process.exit)}`),
  ({ join }) =>
    join && `join: ${join.started ? 'started' : 'not started'}, ${join.listed ? 'listed' : 'not listed'}`,
  ({ form }) =>
    form?.members.map(({ name, started }) => `${name} ${started ? 'started' : 'not started'}`).join(', '),
  ({ dial }) =>
    dial &&
    `dialled ${dial.certificate === undefined ? 'without a certificate' : `showing ${dial.certificate.subject}`}`,
  ({ closed }) => closed && `closed: ${closed.how}`,
  // A client words the alert in its own way.
  ({ error, alert }) => (error && alert === undefined ? `error ${error.code}: ${error.message}` : undefined),
]

const tail = (text: string): string => {
  const last = text.trim().split('\n').at(-1) ?? ''
  return last === '' ? '' : `: ${last}`
}

/** What a probe saw, in short lines; nothing of times, ports and bodies, which differ from run to run. */
export const observed = (seen: Observation): string[] => parts.flatMap((part) => part(seen) ?? [])
