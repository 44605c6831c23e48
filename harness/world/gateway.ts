import type { Subject } from '../subject/subject.ts'
import { startContainer, type ContainerSpec, type RunningContainer } from './container.ts'

/** Milliseconds until a gateway says that it relays. */
export const gatewayLimit = 10_000

/** tcpproxy of proxy/tcpproxy/userspace.go; to 3.3 with the endpoints in the message. */
const relays = /^ready to proxy client requests( to \[.*\])?$/

type Place = Omit<ContainerSpec, 'image' | 'command' | 'environment' | 'files' | 'tmpfs'>

/**
 * The subject's own TCP proxy, `etcd gateway` (etcdmain/gateway.go, in all of 3.1 to 3.7), in a container.
 * @param words its flags
 * Errors: HarnessError `no-container`. Where it does not say that it relays, it is gone again, and `said` are its last
 * words: a subject may have no such command.
 */
export async function startGateway(
  { reference, commands }: Pick<Subject, 'reference' | 'commands'>,
  place: Place,
  words: readonly string[],
): Promise<RunningContainer | { readonly said: string }> {
  const container = await startContainer({
    ...{ ...place, image: reference, environment: {}, files: {}, tmpfs: [] },
    command: [commands.etcd, 'gateway', 'start', ...words],
  })
  const { log, ended } = container
  const ready = await log.waitFor(({ message }) => relays.test(message), {
    limit: gatewayLimit,
    signal: ended,
  })
  if (ready !== undefined) return container
  await container.remove()
  return { said: log.lines.at(-1)?.raw ?? 'it said nothing' }
}
