import type { Observation } from '../../schema.ts'
import { arrow, dnsSteps, note, saidNo, type Names, type Step } from './parts.ts'

/** A client of ours dials. What it asks of the DNS itself it asks before that. */
export function clientSteps(seen: Observation, names: Names): Step[] {
  const server = names(seen.to)
  const client = clientOf(seen, names)
  const name: Names = (address) => (address === seen.localAddress ? client : names(address))
  const { own = [], others = [] } = Object.groupBy(seen.dns ?? [], ({ from }) =>
    from === seen.localAddress ? 'own' : 'others',
  )
  return [
    ...dnsSteps(own, name),
    ...openingOf(seen, client, server),
    ...dnsSteps(others, name),
    ...saidNo(seen.log, server),
    ...answersOf(seen, client, server),
    ...endOf(seen, client, server),
  ]
}

const program = /^(curl|etcdctl|openssl)\b/

function clientOf({ probe, localAddress }: Observation, names: Names): string {
  const [command] = program.exec(probe) ?? []
  if (command !== undefined) return command
  if (localAddress === undefined) return 'client'
  const name = names(localAddress)
  return /^[\d.]+$|:/.test(name) ? `client at ${name}` : name
}

/** The dialling and the handshake. A command that dialled nobody has none. */
function openingOf(seen: Observation, client: string, server: string): Step[] {
  const { tls, alert, localPort, localAddress } = seen
  const port = localPort === undefined ? '' : ` from port ${String(localPort)}`
  if (tls === undefined) {
    if (!seen.connected) return [arrow(client, server, `dials${port}`)]
    const dialled = seen.command === undefined || localPort !== undefined || localAddress !== undefined
    return dialled ? [arrow(client, server, `connects${port}`)] : []
  }
  const steps = [arrow(client, server, `TLS hello${port}`)]
  if (tls.server !== undefined) steps.push(arrow(server, client, `shows ${tls.server.subject}`, 'answer'))
  if (tls.clientCertificateAsked === true)
    steps.push(arrow(server, client, 'asks for a certificate', 'answer'))
  if (alert?.direction === 'sent') steps.push(arrow(client, server, alertText(alert), 'no'))
  const version = tls.version === undefined ? '' : `, TLS ${tls.version}`
  if (tls.handshake) steps.push(arrow(client, server, `handshake complete${version}`))
  return steps
}

const alertText = ({ number, name }: NonNullable<Observation['alert']>): string =>
  `alert ${String(number)} ${name}`

/** What the server sent back. Without a connection the library makes up a gRPC status: that is the client's word. */
function answersOf({ alert, http, grpc, answered }: Observation, client: string, server: string): Step[] {
  const steps: Step[] = []
  const refused = alert?.direction === 'received'
  if (refused) steps.push(arrow(server, client, alertText(alert), 'no'))
  if (http !== undefined)
    steps.push(arrow(server, client, `HTTP ${String(http.status)}`, http.status < 400 ? 'yes' : 'no'))
  if (grpc !== undefined) {
    const text = `gRPC ${grpc.code}${grpc.details === '' ? '' : `: ${grpc.details}`}`
    if (refused || !answered) steps.push(note(client, text, 'no'))
    else steps.push(arrow(server, client, text, grpc.code === 'OK' ? 'yes' : 'no'))
  }
  return steps
}

const closings = {
  end: 'closes the connection',
  reset: 'resets the connection',
  refused: 'refuses the connection',
} as const

/** How it ended, where that was not with an answer or by the client itself. */
function endOf(seen: Observation, client: string, server: string): Step[] {
  const { closed, command, error, alert, http, grpc } = seen
  const steps: Step[] = []
  if (closed?.how === 'limit') steps.push(note(client, 'nothing came until the limit', 'no'))
  else if (closed !== undefined && closed.how !== 'ours' && closed.how !== 'alert')
    steps.push(arrow(server, client, closings[closed.how], 'no'))
  if (command !== undefined) {
    const text = command.exit === null ? 'ended by a signal' : `exit ${String(command.exit)}`
    steps.push(note(client, text, command.exit === 0 ? 'yes' : 'no'))
  }
  const ended = closed !== undefined && closed.how !== 'ours'
  const told = ended || alert !== undefined || http !== undefined || grpc !== undefined
  if (error !== undefined && !told) steps.push(note(client, error.message, 'no'))
  return steps
}
