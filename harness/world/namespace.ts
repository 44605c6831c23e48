import type { Subject } from '../subject/subject.ts'
import type { RunningContainer } from './container.ts'
import { startGateway } from './gateway.ts'
import type { RunNetwork } from './network.ts'

export interface NamespaceGround {
  readonly subject: Subject
  readonly network: RunNetwork
  readonly runId: string
  /** Names its container. */
  readonly name: string
  readonly address: string
}

/**
 * A network namespace with an address, for processes that come one after the other. A network of its own is what a
 * container costs most to start: the engine sets up an interface, a resolver and their packet filter for each. Here
 * that is done once, for a container that only stands there: the subject's own `etcd gateway` (etcdmain/gateway.go),
 * listening on a loopback port that nobody dials. Whoever comes next finds the ports free: a container is gone when
 * all its processes are, and their sockets with them.
 */
export class Namespace {
  readonly #ground: NamespaceGround
  #holder: Promise<RunningContainer | undefined> | undefined

  constructor(ground: NamespaceGround) {
    this.#ground = ground
  }

  get address(): string {
    return this.#ground.address
  }

  /**
   * Id of the container that holds it; undefined where the subject has no gateway, whose processes then have a
   * network of their own. Started when first asked for. Errors: HarnessError `no-container`.
   */
  async holder(): Promise<string | undefined> {
    const known = await this.#holder?.catch(() => undefined)
    // One that somebody took away holds nothing any more.
    if (this.#holder === undefined || known?.ended.aborted === true) this.#holder = this.#start()
    return (await this.#holder)?.id
  }

  async remove(): Promise<void> {
    const holder = await this.#holder?.catch(() => undefined)
    await holder?.remove()
  }

  async #start(): Promise<RunningContainer | undefined> {
    const { subject, ...place } = this.#ground
    const gateway = await startGateway(subject, place, [
      ...['--endpoints=127.0.0.1:1', '--listen-addr=127.0.0.1:9'],
    ])
    return 'said' in gateway ? undefined : gateway
  }
}
