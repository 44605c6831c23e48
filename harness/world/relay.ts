import { HarnessError } from '../errors.ts'
import type { Subject } from '../subject/subject.ts'
import type { ContainerSpec, Holder } from './container.ts'
import { gatewayLimit, startGateway } from './gateway.ts'
import type { Holders } from './holders.ts'
import type { RunNetwork } from './network.ts'

/** Its first port; others follow. */
const firstPort = 10_000

/** What an engine takes away from a container whose network has no IPv6. */
const withSix = { 'net.ipv6.conf.all.disable_ipv6': '0' }
/** Of ::1 in a hosts file: a gateway of 3.4 and 3.5 does not take the address itself (tcpproxy/userspace.go). */
const sixName = 'ip6-localhost'

export interface RelayGround {
  readonly subject: Subject
  readonly network: RunNetwork
  readonly runId: string
  readonly holders: Holders
  /** Sets its containers apart from those of other worlds. */
  readonly name: string
}

/** Of the container that holds the namespace; `six`: it has ::1. */
type Surroundings = Pick<ContainerSpec, 'resolvConf' | 'hosts'> & { readonly six?: boolean }

/**
 * For so long an endpoint is left alone that did not listen when it was dialled (proxy/tcpproxy/userspace.go). A relay of 3.0
 * is dialled before its member starts, to see whether it listens; the member may serve half a second later.
 */
const retryDelay = '50ms'

/** Where a relay listens. */
export interface Relay {
  readonly address: string
  readonly port: number
}
interface Standing extends Relay {
  /** Of its container, where it has one for itself. */
  readonly id?: string
  remove(): Promise<void>
}

/**
 * TCP relays at one address of the network, in one network namespace: connections to them go on from that address.
 * TLS stays between the ends. A relay is ours where a berth holds the namespace, else the subject's own `etcd gateway`
 * (etcdmain/gateway.go, tcpproxy of proxy/tcpproxy/userspace.go, in all of 3.0 to 3.7), which copies bytes both ways and
 * closes both sides when one ends.
 */
export class RelayPost {
  readonly #ground: RelayGround
  readonly #address: string
  readonly #surroundings: Surroundings
  readonly #relays = new Map<string, Promise<Standing>>()

  constructor(ground: RelayGround, address: string, surroundings: Surroundings = {}) {
    this.#ground = ground
    this.#address = address
    this.#surroundings = surroundings
  }

  /** The relay to an endpoint, `10.138.9.2:2380` or `[::1]:2380`; started when first asked for. Errors: HarnessError `no-relay`. */
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
    const { id } = (await [...this.#relays.values()].at(0)) ?? {}
    if (id === undefined) throw new HarnessError('no-relay', 'Nothing holds this network namespace yet.')
    return { id }
  }

  async remove(): Promise<void> {
    const all = await Promise.allSettled(this.#relays.values())
    const started = all.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
    // The first may hold the namespace of the others.
    for (const relay of started.reverse()) await relay.remove()
  }

  #held(): Promise<Holder | undefined> {
    const { holders, subject } = this.#ground
    return holders.of(subject.reference, this.#address, this.#surroundings.six === true ? withSix : undefined)
  }

  async #start(endpoint: string, port: number, first: Promise<Standing> | undefined): Promise<Standing> {
    const ours = await (await this.#held())?.relay?.(port, endpoint)
    if (ours !== undefined) return { ...ours, address: this.#address, port }
    return this.#gateway(endpoint, port, (await first)?.id)
  }

  async #gateway(endpoint: string, port: number, first: string | undefined): Promise<Standing> {
    const { subject, network, runId, name } = this.#ground
    const address = this.#address
    const within = first === undefined ? undefined : { id: first }
    const place = { ...this.#place(), name: `${name}-${String(port)}`, network, address, runId, within }
    const to = endpoint.replace('[::1]', sixName)
    const words = [`--endpoints=${to}`, `--listen-addr=0.0.0.0:${port}`, `--retry-delay=${retryDelay}`]
    const gateway = await startGateway(subject, place, words, { address, port })
    if (!('said' in gateway)) return { address, port, id: gateway.id, remove: () => gateway.remove() }
    throw new HarnessError(
      'no-relay',
      `${subject.name} does not relay to ${endpoint} with its gateway command within ${gatewayLimit / 1000} s: ${gateway.said}`,
    )
  }

  #place(): Pick<ContainerSpec, 'resolvConf' | 'hosts' | 'sysctls'> {
    const { six = false, hosts = [], resolvConf } = this.#surroundings
    return six ? { resolvConf, hosts: [...hosts, `${sixName}:::1`], sysctls: withSix } : { resolvConf, hosts }
  }
}
