import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { createPki, type Pki } from '../../fixtures/pki/pki.ts'
import { HarnessError } from '../errors.ts'
import type { CommandResult, ProbeContext, RunningMember } from '../world/running.ts'

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

export const serverCredential = { cn: 'm1', hosts: ['m1.etcd.local', '127.0.0.1'] }

/** Port of a server that listens on 127.0.0.1 from now on. */
export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
