import { HarnessError } from '../errors.ts'
import type { Subject } from '../subject/subject.ts'
import type { ContainerSpec, Holder, RunningContainer } from './container.ts'
import { gatewayLimit, startGateway } from './gateway.ts'
import type { Holders } from './holders.ts'
import type { RunNetwork } from './network.ts'

/** Its first port; others follow. */
const firstPort = 10_000

export interface RelayGround {
  readonly subject: Subject
  readonly network: RunNetwork
  readonly runId: string
  readonly holders: Holders
  /** Sets its containers apart from those of other worlds. */
  readonly name: string
}

/** Of the container that holds the namespace. */
type Surroundings = Pick<ContainerSpec, 'resolvConf' | 'hosts' | 'sysctls'>

/**
 * For so long an endpoint is left alone that did not listen when it was dialled (proxy/tcpproxy/userspace.go). A relay of 3.0
 * is dialled before its member starts, to see whether it listens; the member may serve half a second later.
 */
const retryDelay = '50ms'

/** Where a relay listens. */
export interface Relay {
  readonly address: string
  readonly port: number
  readonly container: RunningContainer
}

/**
 * TCP relays at one address of the network, in one network namespace: connections to them go on from that address.
 * TLS stays between the ends. A relay is the subject's own `etcd gateway` (etcdmain/gateway.go, tcpproxy of
 * proxy/tcpproxy/userspace.go, in all of 3.4 to 3.7): it copies bytes both ways and closes both sides when one ends.
 */
export class RelayPost {
  readonly #ground: RelayGround
  readonly #address: string
  readonly #surroundings: Surroundings
  readonly #relays = new Map<string, Promise<Relay>>()

  constructor(ground: RelayGround, address: string, surroundings: Surroundings = {}) {
    this.#ground = ground
    this.#address = address
    this.#surroundings = surroundings
  }

  /** The relay to an endpoint, `10.138.9.2:2380`; started when first asked for. Errors: HarnessError `no-relay`. */
  to(endpoint: string): Promise<Relay> {
    const known = this.#relays.get(endpoint)
    if (known !== undefined) return known
    const [first] = this.#relays.values()
    const made = this.#start(endpoint, firstPort + this.#relays.size, first)
    this.#relays.set(endpoint, made)
    made.catch(() => this.#relays.delete(endpoint))
    return made
  }

  /** What holds the namespace. Errors: HarnessError where nothing does and no relay was asked for. */
  async holder(): Promise<Holder> {
    const held = await this.#held()
    if (held !== undefined) return held
    const [first] = this.#relays.values()
    if (first === undefined) throw new HarnessError('no-relay', 'Nothing holds this network namespace yet.')
    return (await first).container
  }

  async remove(): Promise<void> {
    const all = await Promise.allSettled(this.#relays.values())
    const started = all.filter((one) => one.status === 'fulfilled').map(({ value }) => value.container)
    // The first holds the namespace of the others.
    for (const container of started.reverse()) await container.remove()
  }

  /** What is set for a namespace is set when it is made: then it is a new one. */
  async #held(): Promise<Holder | undefined> {
    const { holders, subject } = this.#ground
    return this.#surroundings.sysctls === undefined ? holders.of(subject.reference, this.#address) : undefined
  }

  async #start(endpoint: string, port: number, first: Promise<Relay> | undefined): Promise<Relay> {
    const { subject, network, runId, name } = this.#ground
    const held = await this.#held()
    const within = held ?? (await first)?.container
    // In a held namespace whoever comes has a hosts file of its own, and a relay needs none.
    const surroundings = held === undefined ? this.#surroundings : {}
    const place = { ...surroundings, name: `${name}-${String(port)}`, network, runId, within }
    const address = this.#address
    const words = [`--endpoints=${endpoint}`, `--listen-addr=0.0.0.0:${port}`, `--retry-delay=${retryDelay}`]
    const gateway = await startGateway(subject, { ...place, address }, words, { address, port })
    if (!('said' in gateway)) return { address: this.#address, port, container: gateway }
    throw new HarnessError(
      'no-relay',
      `${subject.name} does not relay to ${endpoint} with its gateway command within ${gatewayLimit / 1000} s: ${gateway.said}`,
    )
  }
}
