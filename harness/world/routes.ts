import { HarnessError } from '../errors.ts'
import type { Listener } from '../scenario/probe.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { ContainerSpec, Holder } from './container.ts'
import { portsOf } from './endpoints.ts'
import { memberOf } from './launch.ts'
import { RelayPost, type RelayGround } from './relay.ts'
import type { Route } from './running.ts'
import { speaksIpv6, type WorldAddresses } from './world-addresses.ts'

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
      const relay = await this.loopback({}).to(`${seenAs === '::1' ? '[::1]' : seenAs}:${port}`)
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
    const post = { ...surroundings, six: speaksIpv6(this.#spec) }
    this.#loopback ??= new RelayPost(this.#named('loopback'), this.#addresses.post, post)
    return this.#loopback
  }

  /** The same where any member listens there only. */
  loopbackFor(surroundings: Surroundings): RelayPost | undefined {
    const any = Object.values(this.#spec.members).some(({ loopback }) => loopback !== undefined)
    return any ? this.loopback(surroundings) : undefined
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
