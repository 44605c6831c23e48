import type { FileRef } from '../../fixtures/credential.ts'
import type { WorldRecord } from '../../reports/schema.ts'
import type { Observation, SeenQuery } from '../probe/observation.ts'
import type { JoinProbe } from '../scenario/cluster.ts'
import type { Listener } from '../scenario/probe.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { Beside } from './beside.ts'
import { Candidates } from './candidates.ts'
import type { RunningDns } from './dns-server.ts'
import { WorldFiles } from './files.ts'
import { dnsOf, placeOf, surroundingsOf, type Ground, type Surroundings } from './ground.ts'
import { Holders } from './holders.ts'
import { planOf, type Launching } from './launch.ts'
import { clusterLimit, probeLimit, startLimit } from './limits.ts'
import type { StartedMember } from './member.ts'
import type { AddressMap } from './logical.ts'
import { gatewayOf } from './network.ts'
import { Ongoing } from './ongoing.ts'
import { Processes } from './processes.ts'
import { ofRole, peerUrlOf } from './roles.ts'
import { Routes } from './routes.ts'
import type { CommandResult, ProbeContext, Route, StartedCandidate, TimelineContext } from './running.ts'
import type { UnorderedEnd } from './unordered-end.ts'
import { addressesFor, needsBlock, type WorldAddresses } from './world-addresses.ts'

export type { Ground }

let worlds = 0

/** Started processes with their authority, names and addresses, ready for probes. */
export class World implements TimelineContext, AsyncDisposable {
  readonly limit = probeLimit
  readonly subject: Subject
  readonly spec: WorldSpec
  readonly hostAddress: string
  readonly #ground: Ground
  readonly #name: string
  readonly #addresses: WorldAddresses
  readonly #files: WorldFiles
  readonly #processes: Processes
  readonly #routes: Routes
  readonly #candidates: Candidates
  readonly #holders: Holders
  readonly #beside: Beside
  readonly #ongoing = new Ongoing()
  #dns: RunningDns | undefined

  private constructor(subject: Subject, spec: WorldSpec, ground: Ground) {
    this.subject = subject
    this.spec = spec
    this.hostAddress = gatewayOf(ground.network)
    this.#ground = ground
    this.#name = `${ground.worker}-${String(worlds++)}`
    const seat = needsBlock(spec) ? undefined : ground.seats?.take(subject.reference)
    this.#addresses = addressesFor(spec, ground.addresses, seat)
    this.#holders = new Holders(seat, needsBlock(spec) ? ground.namespaces : undefined)
    const relays = { ...ground, subject, name: this.#name, holders: this.#holders }
    this.#routes = new Routes(spec, this.#addresses, relays)
    this.#files = new WorldFiles(spec.authorities, (host) => this.resolve(host))
    this.#processes = new Processes(spec, subject, () => this.#launching())
    this.#beside = new Beside({
      ...{ name: this.#name, image: subject.reference, addresses: this.#addresses },
      ...{ namespaces: ground.namespaces, inside: () => this.#routes.inside() },
      place: () => ({ ...placeOf(ground), ...this.#surroundings() }),
      keys: this.#files.keys,
    })
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
      world.#dns = await dnsOf(spec, ground, world.#addresses, world.#name, world.#holders)
      await world.#processes.start('service', startLimit)
      await betweenServicesAndMembers(world)
      await world.#processes.start('member', ofRole(spec, 'member').length > 1 ? clusterLimit : startLimit)
      await world.#processes.start('proxy', clusterLimit)
      return world
    } catch (error) {
      await world[Symbol.asyncDispose]()
      throw error
    }
  }

  #launching(): Launching {
    const { subject, spec } = this
    const { tools = {} } = this.#ground
    const called = { name: this.#name, addresses: this.#addresses }
    const shared = { ...called, ...placeOf(this.#ground), subject, spec, tools }
    return {
      ...{ ...shared, surroundings: this.#surroundings(), pem: (ref) => this.pem(ref) },
      holders: this.#holders,
      keys: this.#files.keys,
      loopback: this.#routes.loopbackFor(this.#surroundings()),
    }
  }

  #surroundings(): Surroundings {
    return surroundingsOf(this.spec, this.#dns, (text) => this.resolve(text))
  }

  /** Names of the processes that the world was started with. */
  started(): readonly string[] {
    return this.#processes.names()
  }

  member(name: string): StartedMember {
    return this.#processes.named(name)
  }

  /** Through a relay where the member must see a client's address, or where it listens on its loopback address only. */
  route(to: string, listener: Listener, from?: string): Promise<Route> {
    return this.#ongoing.run(() => this.#routes.to(to, listener, from))
  }

  startOf(name: string): Observation {
    return this.member(name).start
  }

  isAlive(name: string): Promise<boolean> {
    return this.#processes.isAlive(name)
  }

  /** To be asked before it is taken away. A candidate comes and goes with the cell that asks for it. */
  unorderedEnds(): Promise<UnorderedEnd[]> {
    return this.#processes.unorderedEnds()
  }

  peerUrl(name: string): string {
    return peerUrlOf(name, this.spec, (one) => this.#addresses.of(one))
  }

  startCandidate(who: string, options: NonNullable<JoinProbe['options']>): Promise<StartedCandidate> {
    return this.#ongoing.run(() => this.#candidates.start(who, options, clusterLimit))
  }

  restart(name: string): Promise<Observation> {
    return this.#ongoing.run(() => this.#processes.restart(name, startLimit))
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

  resolve(text: string): string {
    return this.#addresses.resolve(text)
  }

  get addressMap(): AddressMap {
    return this.#addresses.map
  }

  runBeside(...[command, options]: Parameters<ProbeContext['runBeside']>): Promise<CommandResult> {
    return this.#ongoing.run(() => this.#beside.run(command, options))
  }

  /** What was started with which public certificates; never a private key. */
  record(): WorldRecord {
    return {
      members: [...this.#processes.records(), ...this.#candidates.records()],
      certificates: this.#files.issued(),
      ...(this.#dns && { zone: this.#dns.record }),
    }
  }

  /** Nothing that was seen is somebody else's doing, nothing was said unheard. Errors: those of `demandSound` and `Holders`. */
  async demandSound(): Promise<void> {
    for (const some of [this.#holders, this.#processes, this.#candidates]) await some.demandSound()
  }

  /** What is being done ends when the processes do, and may have started others until then; addresses are given back last. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const then of [this.#ongoing.close(), undefined]) {
      await this.#candidates.remove()
      await this.#processes.remove()
      await then
    }
    await this.#routes.remove()
    await this.#dns?.remove()
    this.#addresses.giveBack()
  }
}
