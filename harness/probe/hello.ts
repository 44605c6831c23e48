import type { Socket } from 'node:net'
import type { HelloProbe } from '../scenario/probe.ts'
import type { ProbeContext } from '../world/running.ts'
import { alert } from './alerts.ts'
import { helloByHand } from './by-hand.ts'
import { seenCertificate } from './certificate.ts'
import { clientHello } from './client-hello.ts'
import { dial } from './dial.ts'
import type { Observation, SeenTls } from './observation.ts'
import { report } from './report.ts'
import { FlightReader, type Flight } from './server-flight.ts'
import { fromInWords, serverNameOf, targetOf } from './target.ts'
import { Watch } from './watch.ts'

/** A ClientHello made by hand, and the server's first flight. Ends with a close by FIN: etcd logs an EOF for it. */
export async function hello(spec: HelloProbe, context: ProbeContext): Promise<Observation> {
  const target = targetOf(spec.to, context, spec.listener)
  const route = await context.route(spec.to, spec.listener ?? 'client', spec.from)
  const serverName = serverNameOf(spec.serverName, target, context)
  const message = clientHello({ versions: spec.versions, suites: spec.suites, serverName })
  const at = new Date()
  const watch = new Watch(context.limit)
  const socket = await dial(route.address, route.port, watch)
  if (socket) {
    const flight = await readFlight(socket, message, watch)
    watch.tls = seenTls(flight)
    if (flight.alert !== undefined && flight.alert !== 0) watch.alert = alert(flight.alert, 'received')
  }
  return report(watch, {
    probe: `ClientHello to ${spec.to}${fromInWords(spec)}: TLS ${spec.versions.join(', ')} with ${spec.suites.join(', ')}`,
    at,
    target,
    seenAs: route.seenAs,
    byHand: helloByHand(spec, target, serverName),
  })
}

/** Milliseconds the other side has to close after our FIN. */
const lingerLimit = 500

/** Sends the hello and reads until the flight is complete, the other side ends, or the time is over. */
function readFlight(socket: Socket, message: Buffer, watch: Watch): Promise<Flight> {
  const reader = new FlightReader()
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      watch.expire("the server's first flight")
      socket.destroy()
    }, watch.left())
    socket.on('data', (bytes: Buffer) => {
      if (reader.flight.done) return
      const state = take(reader, bytes, watch)
      if (state === 'more') return
      clearTimeout(timer)
      if (state === 'malformed') socket.destroy()
      else finish(socket, reader.flight, watch)
    })
    socket.on('close', () => {
      clearTimeout(timer)
      resolve(reader.flight)
    })
    socket.write(message)
  })
}

function take(reader: FlightReader, bytes: Buffer, watch: Watch): 'more' | 'done' | 'malformed' {
  try {
    reader.push(bytes)
    return reader.flight.done ? 'done' : 'more'
  } catch (error) {
    watch.error ??= { code: 'MALFORMED', message: error instanceof Error ? error.message : String(error) }
    watch.end('ours')
    return 'malformed'
  }
}

/** FIN first; what the other side still sends is read and thrown away, or the close would become a reset. */
function finish(socket: Socket, flight: Flight, watch: Watch): void {
  watch.end(flight.alert === undefined ? 'ours' : flight.alert === 0 ? 'end' : 'alert')
  socket.end()
  const linger = setTimeout(() => socket.destroy(), lingerLimit)
  socket.on('close', () => clearTimeout(linger))
}

function seenTls({ version, suite, leaf, certificateAsked }: Flight): SeenTls {
  const server = seenCertificate(leaf)
  return {
    handshake: false,
    ...(version ? { version } : {}),
    ...(suite ? { suite } : {}),
    ...(server ? { server } : {}),
    ...(certificateAsked === undefined ? {} : { clientCertificateAsked: certificateAsked }),
  }
}
