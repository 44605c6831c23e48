import { HarnessError } from '../errors.ts'
import type { Observation } from '../probe/observation.ts'
import type { Role, WorldSpec } from '../scenario/world.ts'
import type { Subject } from '../subject/subject.ts'
import { demandImage } from './image.ts'
import { memberOf, planOf, type Launching } from './launch.ts'
import { startMember, type StartedMember } from './member.ts'
import type { MemberRecord } from './member-record.ts'
import { restartMember } from './restart.ts'
import type { Patience } from './observe-start.ts'
import { ofRole } from './roles.ts'
import { demandSound } from './soundness.ts'
import { Together } from './together.ts'
import { endOf, type UnorderedEnd } from './unordered-end.ts'

/** The processes that a world starts with. */
export class Processes {
  readonly #spec: WorldSpec
  readonly #subject: Subject
  readonly #launching: () => Launching
  readonly #started = new Map<string, StartedMember>()
  /** Told to end, and known to have ended. */
  readonly #ordered = new WeakSet<StartedMember['container']>()
  readonly #seen = new WeakSet<StartedMember['container']>()
  /** Of processes that were started again since. */
  readonly #earlier: UnorderedEnd[] = []

  /** `launching` is asked before each start. */
  constructor(spec: WorldSpec, subject: Subject, launching: () => Launching) {
    this.#spec = spec
    this.#subject = subject
    this.#launching = launching
  }

  /**
   * Starts all of a role at the same time, and waits at most `limit` milliseconds until each serves or has ended.
   * Errors: HarnessError, when all were tried.
   */
  async start(role: Role, limit: number): Promise<void> {
    const names = ofRole(this.#spec, role)
    const together = new Together(Object.fromEntries(names.map((name) => [name, this.#dialsFrom(name)])))
    const patience = { limit, ...(names.length > 1 && { together }) }
    const starts = await Promise.allSettled(
      names.map((name) => this.#startOne(name, patience).finally(() => together.begun(name))),
    )
    const failed = starts.find((start) => start.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  async #startOne(name: string, patience: Patience): Promise<void> {
    const plan = await planOf(name, this.#launching(), { patience })
    const started = await startMember(plan)
    this.#started.set(name, started)
    if (plan.image === this.#subject.reference) demandImage(this.#subject, started.container.image)
  }

  /**
   * Ends a process by SIGTERM and starts it again in its container, observed; at most `limit` milliseconds.
   * Errors: HarnessError `unknown-member`, `no-container`.
   */
  async restart(name: string, limit: number): Promise<Observation> {
    const member = this.named(name)
    this.#earlier.push(...(await this.#endsOf([member])))
    this.#ordered.add(member.container)
    const again = await restartMember(member, memberOf(name, this.#spec), limit)
    this.#started.set(name, again)
    return again.start
  }

  /** Errors: HarnessError `unknown-member`. */
  named(name: string): StartedMember {
    const member = this.#started.get(name)
    if (member === undefined) throw new HarnessError('unknown-member', `The world has no member ${name}.`)
    return member
  }

  /** Names of those that were started, in the order of the world. */
  names(): readonly string[] {
    return Object.keys(this.#spec.members).filter((name) => this.#started.has(name))
  }

  /** Errors: HarnessError `killed-from-outside`, `log-too-long`. */
  async demandSound(): Promise<void> {
    for (const name of this.names()) await demandSound(this.named(name))
  }

  /** The process that was started still runs. Errors: HarnessError. */
  async isAlive(name: string): Promise<boolean> {
    const { container } = this.named(name)
    const isSame = await container.isSame()
    if (!isSame) this.#seen.add(container)
    return isSame
  }

  /** To be asked before they are removed, which orders all of them to end. */
  async unorderedEnds(): Promise<UnorderedEnd[]> {
    return [...this.#earlier, ...(await this.#endsOf([...this.#started.values()]))]
  }

  async #endsOf(members: readonly StartedMember[]): Promise<UnorderedEnd[]> {
    const unordered = members.filter(({ container }) => !this.#ordered.has(container))
    const ends = unordered.map((member) => endOf(member, this.#seen.has(member.container)))
    return (await Promise.all(ends)).filter((end) => end !== undefined)
  }

  records(): MemberRecord[] {
    return this.names().map((name) => this.named(name).record)
  }

  #dialsFrom(name: string): string {
    const { loopback } = memberOf(name, this.#spec)
    return loopback === undefined ? this.#launching().addresses.of(name) : '127.0.0.1'
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#started.values()].map(({ container }) => container.remove()))
    for (const { mount } of this.#started.values()) await mount?.remove()
  }
}
