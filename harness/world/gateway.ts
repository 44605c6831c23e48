import { connect } from 'node:net'
import semver from 'semver'
import { until } from '../engine/until.ts'
import type { Subject } from '../subject/subject.ts'
import { startContainer, type ContainerSpec, type RunningContainer } from './container.ts'

/** Milliseconds until a gateway says that it relays. */
export const gatewayLimit = 10_000

/** tcpproxy of proxy/tcpproxy/userspace.go; to 3.3 with the endpoints in the message. */
const relays = /^ready to proxy client requests( to \[.*\])?$/
/** Before, it relays without a word (same file, v3.0.17). */
const firstToSaySo = '3.1.0'

type Place = Omit<ContainerSpec, 'image' | 'command' | 'environment' | 'files' | 'tmpfs'>

/** Where a gateway listens, when it can be dialled from this host. */
interface Door {
  readonly address: string
  readonly port: number
}

/**
 * The subject's own TCP proxy, `etcd gateway` (etcdmain/gateway.go, in all of 3.0 to 3.7), in a container.
 * @param words its flags
 * @param door of a gateway that does not say that it relays, what is dialled until it answers
 * Errors: HarnessError `no-container`. Where it does not relay, it is gone again, and `said` are its last words: a
 * subject may have no such command.
 */
export async function startGateway(
  { etcd, reference, commands }: Pick<Subject, 'etcd' | 'reference' | 'commands'>,
  place: Place,
  words: readonly string[],
  door?: Door,
): Promise<RunningContainer | { readonly said: string }> {
  const says = semver.gte(etcd, firstToSaySo)
  if (!says && door === undefined) return { said: `etcd says that it relays from ${firstToSaySo} on` }
  const container = await startContainer({
    ...{ ...place, image: reference, environment: {}, files: {}, tmpfs: [] },
    command: [commands.etcd, 'gateway', 'start', ...words],
  })
  const ready = says || door === undefined ? saysSo(container) : opens(container, door)
  if (await ready) return container
  await container.remove()
  return { said: container.log.lines.at(-1)?.raw ?? 'it said nothing' }
}

async function saysSo({ log, ended: signal }: RunningContainer): Promise<boolean> {
  const ready = await log.waitFor(({ message }) => relays.test(message), { limit: gatewayLimit, signal })
  return ready !== undefined
}

async function opens({ ended: signal }: RunningContainer, door: Door): Promise<boolean> {
  const what = `the gateway at ${door.address}:${String(door.port)} to listen`
  return until(what, gatewayLimit, () => isOpen(door), { signal }).catch(() => false)
}

const isOpen = ({ address: host, port }: Door): Promise<true | undefined> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 })
    const done = (open: true | undefined): void => {
      resolve(open)
      socket.destroy()
    }
    socket.once('connect', () => done(true))
    socket.once('timeout', () => done(undefined)).once('error', () => done(undefined))
  })
