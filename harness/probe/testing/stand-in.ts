import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { createPki, type Pki } from '../../../fixtures/pki/pki.ts'
import { HarnessError } from '../../errors.ts'
import { http } from '../../scenario/probe.ts'
import type { CommandResult, ProbeContext, RunningMember } from '../../world/running.ts'
import type { Observation } from '../observation.ts'
import { observe } from '../observe.ts'

/** A world for the unit tests of probes: m1 is whatever listens on a port of 127.0.0.1. */
export interface StandIn {
  readonly context: ProbeContext
  readonly pki: Pki
}

/** `beside` stands for what a container beside the members would answer. */
export function standIn(
  port: number,
  { limit = 1000, beside }: { limit?: number; beside?: ProbeContext['runBeside'] } = {},
  pki: Pki = testPki(),
): StandIn {
  const member = { name: 'm1', address: '127.0.0.1', clientPort: port, peerPort: port, log: { lines: [] } }
  const context: ProbeContext = {
    subject: {
      name: 'stand-in',
      etcd: '3.6.16',
      commands: { etcd: '/etcd', etcdctl: '/etcdctl' },
    } as ProbeContext['subject'],
    member: (name) => {
      if (name !== 'm1') throw new HarnessError('unknown-member', `There is no member ${name}.`)
      return member as unknown as RunningMember
    },
    route: (_to, listener) => {
      const { clientPort, peerPort, address } = member
      return Promise.resolve({ address, port: listener === 'peer' ? peerPort : clientPort })
    },
    pem: (ref) => Promise.resolve(pki.file(ref)),
    resolve: (text) => text.replaceAll('@m1', '127.0.0.1'),
    runBeside:
      beside ??
      (() =>
        Promise.resolve<CommandResult>({
          address: '127.0.0.1',
          exit: 0,
          stdout: '',
          stderr: '',
        })),
    limit,
  }
  return { context, pki }
}

/** Authorities `ca` and `other`. */
export const testPki = (): Pki =>
  createPki({
    authorities: { ca: {}, other: {} },
    resolve: (host) => (host.startsWith('@') ? '127.0.0.1' : host),
    now: new Date(),
  })

export const serverCredential = { cn: 'm1', hosts: ['m1.etcd.local', '127.0.0.1'], key: 'rsa-2048' } as const

/** Port of a server that listens on 127.0.0.1 from now on. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

type HttpProbe = Parameters<typeof http>[0]

/** Servers that http probes of a test are made of, one at a time. */
export class HttpStandIn {
  /** Milliseconds a probe may take. */
  readonly limit = 400
  readonly #pki: Pki
  #server: (Server & { closeAllConnections?(): void }) | undefined

  constructor(pki: Pki) {
    this.#pki = pki
  }

  /** The world in which m1 is `server`. The one before it is closed. */
  async serve(server: Server): Promise<ProbeContext> {
    this.close()
    this.#server = server
    return standIn(await listening(server), { limit: this.limit }, this.#pki).context
  }

  /** A plain GET of /version, where `probe` says nothing else. */
  async ask(server: Server, probe: Partial<HttpProbe> = {}): Promise<Observation> {
    const spec = http({ scheme: 'http', path: '/version', ...probe })
    return observe(spec, await this.serve(server))
  }

  /** To be called when the test is over. */
  close(): void {
    this.#server?.closeAllConnections?.()
    this.#server?.close()
    this.#server = undefined
  }
}

/** A server that does `act` once something was sent to it. */
export const answering = (act: (socket: Socket) => void): Server =>
  createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => act(socket))
  })

/** What a request asked, as a body to answer it with. */
export const echo = ({ method, url, rawHeaders }: IncomingMessage): string =>
  JSON.stringify({ method, url, rawHeaders })
