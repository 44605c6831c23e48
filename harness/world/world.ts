import type { FileRef } from '../../fixtures/credential.ts'
import type { WorldRecord } from '../../reports/schema.ts'
import { HarnessError } from '../errors.ts'
import type { Observation } from '../probe/observation.ts'
import type { Listener } from '../scenario/probe.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { runBeside } from './beside.ts'
import { WorldFiles } from './files.ts'
import { startMember, type StartedMember } from './member.ts'
import type { AddressBook, RunNetwork } from './network.ts'
import type { CommandResult, ProbeContext, Route, RunningMember } from './running.ts'

/** Milliseconds a probe waits before it says that nothing came. */
export const probeLimit = 5_000

/** Where worlds are made: one per worker and run. */
export interface Ground {
  readonly runId: string
  readonly network: RunNetwork
  readonly addresses: AddressBook
  /** Sets containers of this worker apart from those of others. */
  readonly worker: string
}

let worlds = 0

/** Started members with their authority, ready for probes. */
export class World implements ProbeContext, AsyncDisposable {
  readonly limit = probeLimit
  readonly subject: Subject
  readonly spec: WorldSpec
  readonly #ground: Ground
  readonly #name: string
  readonly #addresses: ReadonlyMap<string, string>
  readonly #files: WorldFiles
  readonly #members = new Map<string, StartedMember>()
  #clients = 0

  private constructor(subject: Subject, spec: WorldSpec, ground: Ground) {
    this.subject = subject
    this.spec = spec
    this.#ground = ground
    this.#name = `${ground.worker}-${String(worlds++)}`
    this.#addresses = new Map(Object.keys(spec.members).map((name) => [name, ground.addresses.next()]))
    this.#files = new WorldFiles(spec.authorities, (member) => this.#address(member))
  }

  /** Starts every member. Errors: HarnessError; nothing is left running then. */
  static async start(subject: Subject, spec: WorldSpec, ground: Ground): Promise<World> {
    const world = new World(subject, spec, ground)
    const starts = await Promise.allSettled(Object.keys(spec.members).map((name) => world.#start(name)))
    const failed = starts.find((start) => start.status === 'rejected')
    if (failed === undefined) return world
    await world[Symbol.asyncDispose]()
    throw failed.reason
  }

  async #start(name: string): Promise<void> {
    const spec = this.spec.members[name]
    if (spec === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
    const { runId, network } = this.#ground
    const started = await startMember({
      name,
      spec,
      address: this.#address(name),
      subject: this.subject,
      network,
      runId,
      world: this.#name,
      pem: (ref) => this.pem(ref),
    })
    this.#members.set(name, started)
    demandImage(this.subject, started.container.image)
  }

  member(name: string): RunningMember {
    return this.#started(name)
  }

  route(to: string, listener: Listener, from?: string): Promise<Route> {
    const { address, clientPort, peerPort } = this.#started(to)
    if (from !== undefined) throw new HarnessError('unknown-client', `The world has no client ${from}.`)
    return Promise.resolve({ address, port: listener === 'peer' ? peerPort : clientPort })
  }

  /** The start of a member, observed. */
  startOf(name: string): Observation {
    return this.#started(name).start
  }

  /** The process that was started still runs: not ended, and not another in its place. Errors: HarnessError. */
  isAlive(name: string): Promise<boolean> {
    return this.#started(name).container.isSame()
  }

  pem(ref: FileRef): Promise<string> {
    return this.#files.pem(ref)
  }

  resolve(text: string): string {
    return text.replaceAll(/@(\w+)/g, (whole, name: string) => this.#addresses.get(name) ?? whole)
  }

  /** Addresses of this run → the page's: the member's own, else the loopback address of its examples. */
  logical(text: string): string {
    return [...this.#addresses].reduce(
      (sofar, [name, address]) => sofar.replaceAll(address, this.spec.members[name]?.at ?? '127.0.0.1'),
      text,
    )
  }

  runBeside(
    command: readonly string[],
    options: Parameters<ProbeContext['runBeside']>[1],
  ): Promise<CommandResult> {
    const name = `${this.#name}-client${String(this.#clients++)}`
    const { runId, network, addresses } = this.#ground
    const address = addresses.next()
    return runBeside({ ...options, command, name, image: this.subject.reference, runId, network, address })
  }

  /** What was started with which public certificates; never a private key. */
  record(): WorldRecord {
    return {
      members: [...this.#members.values()].map(({ record }) => record),
      certificates: this.#files.issued(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ container }) => container.remove()))
  }

  #started(name: string): StartedMember {
    const member = this.#members.get(name)
    if (member === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
    return member
  }

  #address(name: string): string {
    const address = this.#addresses.get(name)
    if (address === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
    return address
  }
}

const images = new Map<string, string>()

/**
 * Every world of a subject runs the image that was described: a tag may be given to another one meanwhile. Where
 * the subject is known by a registry's digest, the first world says which image that is.
 */
export function demandImage({ reference, image }: Pick<Subject, 'reference' | 'image'>, seen: string): void {
  const described = image.startsWith('sha256:') ? image : (images.get(reference) ?? seen)
  images.set(reference, described)
  if (seen === described) return
  const message = `${reference} is another image now (${seen}) than the one that was described (${described}); run again.`
  throw new HarnessError('another-image', message)
}
