import { HarnessError } from '../errors.ts'
import type { Listener } from '../scenario/probe.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { ContainerSpec, Holder } from './container.ts'
import { portsOf } from './endpoints.ts'
import { memberOf } from './launch.ts'
import { RelayPost, type RelayGround } from './relay.ts'
import type { Route } from './running.ts'
import { speaksIpv6, type WorldAddresses } from './world-addresses.ts'

/** An engine takes ::1 away from a container whose network has no IPv6. */
const withIpv6 = { 'net.ipv6.conf.all.disable_ipv6': '0' }
/** Name of ::1 in the hosts file: the relay of 3.4 and 3.5 does not take the address itself (tcpproxy/userspace.go). */
const sixName = 'ip6-localhost'

type Surroundings = Pick<ContainerSpec, 'resolvConf' | 'hosts'>

/** The ways into a world that need a relay: from a client's address, and to who listens on 127.0.0.1 only. */
export class Routes {
  readonly #spec: WorldSpec
  readonly #addresses: WorldAddresses
  readonly #ground: RelayGround
  readonly #posts = new Map<string, RelayPost>()
  #loopback: RelayPost | undefined

  constructor(spec: WorldSpec, addresses: WorldAddresses, ground: RelayGround) {
    this.#spec = spec
    this.#addresses = addresses
    this.#ground = ground
  }

  /** Errors: HarnessError `unknown-member`, `unknown-client`, `no-relay`. */
  async to(member: string, listener: Listener, from?: string): Promise<Route> {
    const spec = memberOf(member, this.#spec)
    const port = portsOf(spec)[listener]
    if (spec.loopback !== undefined) {
      const seenAs = this.#atOf(from) === '::1' ? '::1' : '127.0.0.1'
      const relay = await this.loopback({}).to(`${seenAs === '::1' ? sixName : seenAs}:${port}`)
      return { address: relay.address, port: relay.port, seenAs }
    }
    const post = this.#from(from)
    const address = this.#addresses.of(member)
    if (post === undefined) return { address, port }
    const relay = await post.to(`${address}:${port}`)
    return { address: relay.address, port: relay.port, seenAs: relay.address }
  }

  /** The namespace of those that listen on 127.0.0.1; `surroundings` are those of its first container. */
  loopback(surroundings: Surroundings): RelayPost {
    const hosts = [...(surroundings.hosts ?? []), `${sixName}:::1`]
    const six = speaksIpv6(this.#spec)
    const more = six ? { ...surroundings, hosts, sysctls: withIpv6 } : surroundings
    this.#loopback ??= new RelayPost(this.#named('loopback'), this.#addresses.post, more)
    return this.#loopback
  }

  /** Where those are met that listen on 127.0.0.1 only, and nowhere else. Errors: those of `RelayPost.holder`. */
  async inside(): Promise<Holder | undefined> {
    return this.#loopback?.holder()
  }

  async remove(): Promise<void> {
    const all = [...this.#posts.values(), ...(this.#loopback === undefined ? [] : [this.#loopback])]
    await Promise.all(all.map((post) => post.remove()))
  }

  #atOf(client: string | undefined): string | undefined {
    if (client === undefined) return undefined
    const at = this.#spec.clients?.[client]?.at
    if (at === undefined) throw new HarnessError('unknown-client', `The world has no client ${client}.`)
    return at
  }

  #from(client: string | undefined): RelayPost | undefined {
    if (this.#atOf(client) === undefined || client === undefined) return undefined
    const known = this.#posts.get(client)
    if (known !== undefined) return known
    const post = new RelayPost(this.#named(client), this.#addresses.of(client))
    this.#posts.set(client, post)
    return post
  }

  #named(post: string): RelayGround {
    return { ...this.#ground, name: `${this.#ground.name}-relay-${post}` }
  }
}
