import type { CredentialSpec, FileRef } from '../../fixtures/credential.ts'
import type { WorldRecord } from '../../reports/schema.ts'
import { HarnessError } from '../errors.ts'
import type { Observation, SeenQuery } from '../probe/observation.ts'
import type { JoinProbe } from '../scenario/cluster.ts'
import type { Listener } from '../scenario/probe.ts'
import type { Role, WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { toolOf, type ToolImages } from '../tool/tools.ts'
import type { AddressBook } from './address-book.ts'
import { runBeside } from './beside.ts'
import { Candidates } from './candidates.ts'
import { startDns, type RunningDns } from './dns-server.ts'
import { portsOf } from './endpoints.ts'
import { WorldFiles } from './files.ts'
import { demandImage } from './image.ts'
import { memberOf, planOf, type Launching } from './launch.ts'
import { startMember, type StartedMember } from './member.ts'
import type { MemberRecord } from './member-record.ts'
import { gatewayOf, type RunNetwork } from './network.ts'
import { RelayPost } from './relay.ts'
import { ofRole, peerUrlOf } from './roles.ts'
import type { ClusterContext, CommandResult, ProbeContext, Route, StartedCandidate } from './running.ts'
import { Together } from './together.ts'
import { addressesFor, type WorldAddresses } from './world-addresses.ts'

/** Milliseconds a probe waits before it says that nothing came. */
export const probeLimit = 5_000
/** Milliseconds until a process that needs no other must serve or have ended; and one of a cluster. */
const startLimit = 20_000
const clusterLimit = 10_000

/** Where worlds are made: one per worker and run. */
export interface Ground {
  readonly runId: string
  readonly network: RunNetwork
  readonly addresses: AddressBook
  /** Sets containers of this worker apart from those of others. */
  readonly worker: string
  /** Images beside the subject that planned worlds need. */
  readonly tools?: ToolImages
}

let worlds = 0

/** Started processes with their authority, names and addresses, ready for probes. */
export class World implements ClusterContext, AsyncDisposable {
  readonly limit = probeLimit
  readonly subject: Subject
  readonly spec: WorldSpec
  readonly hostAddress: string
  readonly #ground: Ground
  readonly #name: string
  readonly #addresses: WorldAddresses
  readonly #files: WorldFiles
  readonly #started = new Map<string, StartedMember>()
  readonly #posts = new Map<string, RelayPost>()
  readonly #candidates: Candidates
  #dns: RunningDns | undefined
  #besides = 0

  private constructor(subject: Subject, spec: WorldSpec, ground: Ground) {
    this.subject = subject
    this.spec = spec
    this.hostAddress = gatewayOf(ground.network)
    this.#ground = ground
    this.#name = `${ground.worker}-${String(worlds++)}`
    this.#addresses = addressesFor(spec, ground.addresses)
    this.#files = new WorldFiles(spec.authorities, (host) => this.resolve(host))
    this.#candidates = new Candidates(spec, (who, launch) => planOf(who, this.#launching(), launch))
  }

  /**
   * Starts the DNS, then the services, the members together, and the proxies; `betweenServicesAndMembers` is awaited
   * where its name says. Errors: HarnessError; nothing is left running then.
   */
  static async start(
    subject: Subject,
    spec: WorldSpec,
    ground: Ground,
    betweenServicesAndMembers: (world: World) => Promise<void> = () => Promise.resolve(),
  ): Promise<World> {
    const world = new World(subject, spec, ground)
    try {
      await world.#startDns()
      await world.#startAll('service', startLimit)
      await betweenServicesAndMembers(world)
      await world.#startAll('member', ofRole(spec, 'member').length > 1 ? clusterLimit : startLimit)
      await world.#startAll('proxy', clusterLimit)
      return world
    } catch (error) {
      await world[Symbol.asyncDispose]()
      throw error
    }
  }

  async #startDns(): Promise<void> {
    const { dns: zone } = this.spec
    if (zone === undefined) return
    const { network, runId, tools = {} } = this.#ground
    this.#dns = await startDns(zone, {
      ...{ network, runId, address: this.#addresses.dns, world: this.#name },
      image: toolOf(tools, 'coredns'),
      resolve: (text) => this.resolve(text),
    })
  }

  /** All of a role at the same time. */
  async #startAll(role: Role, limit: number): Promise<void> {
    const names = ofRole(this.spec, role)
    const together = new Together(names.map((name) => this.#dialsFrom(name)))
    const patience = { limit, ...(names.length > 1 && { together }) }
    const starts = await Promise.allSettled(
      names.map(async (name) => {
        const plan = await planOf(name, this.#launching(), { patience })
        const started = await startMember(plan)
        this.#started.set(name, started)
        if (plan.image === this.subject.reference) demandImage(this.subject, started.container.image)
      }),
    )
    const failed = starts.find((start) => start.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  #launching(): Launching {
    const { network, runId, tools = {} } = this.#ground
    const { subject, spec } = this
    const shared = { subject, spec, network, runId, tools, name: this.#name, addresses: this.#addresses }
    const loopback = Object.values(spec.members).some((one) => one.loopback !== undefined)
    return {
      ...{ ...shared, surroundings: this.#surroundings(), pem: (ref) => this.pem(ref) },
      loopback: loopback ? this.#post('loopback', this.#surroundings()) : undefined,
    }
  }

  #surroundings() {
    const hosts = Object.entries(this.spec.hosts ?? {})
    return {
      binds: this.#dns === undefined ? [] : [`${this.#dns.resolvConf}:/etc/resolv.conf:ro`],
      hosts: hosts.map(([name, address]) => `${name}:${this.resolve(address)}`),
    }
  }

  /** Names of the processes that the world was started with. */
  started(): readonly string[] {
    return Object.keys(this.spec.members).filter((name) => this.#started.has(name))
  }

  member(name: string): StartedMember {
    const member = this.#started.get(name)
    if (member === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
    return member
  }

  /** Through a relay where the member must see a client's address, or where it listens on its loopback address only. */
  async route(to: string, listener: Listener, from?: string): Promise<Route> {
    const port = portsOf(memberOf(to, this.spec))[listener]
    const { loopback } = memberOf(to, this.spec)
    if (from !== undefined && !(from in (this.spec.clients ?? {})))
      throw new HarnessError('unknown-client', `The world has no client ${from}.`)
    if (from === undefined && loopback === undefined) return { address: this.member(to).address, port }
    const post = loopback === undefined ? this.#post(from ?? '') : this.#post('loopback')
    const host = loopback === undefined ? this.#addresses.of(to) : '127.0.0.1'
    const relay = await post.to(`${host}:${port}`)
    return { address: relay.address, port: relay.port, seenAs: loopback ? host : relay.address }
  }

  /** Of a client, or of those that listen on their loopback address. */
  #post(name: string, surroundings = this.#surroundings()): RelayPost {
    const known = this.#posts.get(name)
    if (known !== undefined) return known
    const { network, runId } = this.#ground
    const ground = { subject: this.subject, network, runId, name: `${this.#name}-relay-${name}` }
    const address = name === 'loopback' ? this.#addresses.next() : this.#addresses.of(name)
    const post = new RelayPost(ground, address, surroundings)
    this.#posts.set(name, post)
    return post
  }

  #dialsFrom(name: string): string {
    return memberOf(name, this.spec).loopback === undefined ? this.#addresses.of(name) : '127.0.0.1'
  }

  startOf(name: string): Observation {
    return this.member(name).start
  }

  isAlive(name: string): Promise<boolean> {
    return this.member(name).container.isSame()
  }

  peerUrl(name: string): string {
    return peerUrlOf(name, this.spec, (one) => this.#addresses.of(one))
  }

  startCandidate(who: string, options: NonNullable<JoinProbe['options']>): Promise<StartedCandidate> {
    return this.#candidates.start(who, options, clusterLimit)
  }

  queries(from = 0): readonly SeenQuery[] {
    return this.#dns?.queries(from) ?? []
  }

  async queriesSettled(): Promise<void> {
    await this.#dns?.settle()
  }

  pem(ref: FileRef): Promise<string> {
    return this.#files.pem(ref)
  }

  fingerprint(credential: CredentialSpec): Promise<string> {
    return this.#files.fingerprint(credential)
  }

  resolve(text: string): string {
    return this.#addresses.resolve(text)
  }

  logical(text: string): string {
    return this.#addresses.logical(text)
  }

  async runBeside(
    command: readonly string[],
    { within: inside, ...options }: Parameters<ProbeContext['runBeside']>[1],
  ): Promise<CommandResult> {
    const name = `${this.#name}-client${String(this.#besides++)}`
    const { runId, network } = this.#ground
    const address = inside === undefined ? this.#addresses.next() : this.#dialsFrom(inside)
    const within = inside === undefined ? undefined : this.member(inside).container.id
    const image = this.subject.reference
    return runBeside({
      ...{ ...this.#surroundings(), ...options, command, name, image, runId, network, address, within },
    })
  }

  /** What was started with which public certificates; never a private key. */
  record(): WorldRecord {
    const members: MemberRecord[] = this.started().map((name) => this.member(name).record)
    return {
      members: [...members, ...this.#candidates.records()],
      certificates: this.#files.issued(),
      ...(this.#dns && { zone: this.#dns.record }),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#candidates.remove()
    await Promise.all([...this.#started.values()].map(({ container }) => container.remove()))
    await Promise.all([...this.#posts.values()].map((post) => post.remove()))
    await Promise.all([...this.#started.values()].map(({ mount }) => mount?.remove()))
    await this.#dns?.remove()
    this.#addresses.giveBack()
  }
}
