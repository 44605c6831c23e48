import { inputError } from '../errors.ts'
import type { JoinProbe } from '../scenario/cluster.ts'
import type { WorldSpec } from '../scenario/world.ts'
import type { MemberRecord } from './member-record.ts'
import { memberOf, type planOf } from './launch.ts'
import { startMember, type StartedMember } from './member.ts'
import { ofRole } from './roles.ts'
import type { StartedCandidate } from './running.ts'
import { demandSound } from './soundness.ts'

type Plan = (who: string, launch: Parameters<typeof planOf>[2]) => ReturnType<typeof planOf>

/** The processes of a world that are started while it stands, one after the other, each as often as it is asked for. */
export class Candidates {
  readonly #spec: WorldSpec
  readonly #plan: Plan
  readonly #running = new Map<string, StartedMember>()
  readonly #records: MemberRecord[] = []
  /** What was found of those that are gone. */
  #unsound: unknown

  constructor(spec: WorldSpec, plan: Plan) {
    this.#spec = spec
    this.#plan = plan
  }

  /**
   * Starts one with some options changed and waits until it serves or has ended, at most `limit` milliseconds; what
   * is changed to undefined it is not given at all.
   * Errors: HarnessError `no-container`; `not-a-candidate` (exit 2).
   */
  async start(
    who: string,
    changes: NonNullable<JoinProbe['options']>,
    limit: number,
  ): Promise<StartedCandidate> {
    if (!ofRole(this.#spec, 'candidate').includes(who) || this.#running.has(who))
      throw inputError('not-a-candidate', `${who} is no candidate of this world, or it is there already.`)
    const spec = memberOf(who, this.#spec)
    const plan = await this.#plan(who, {
      spec: { ...spec, options: { ...spec.options, ...changes } },
      existing: [...ofRole(this.#spec, 'member'), ...this.#running.keys()],
      patience: { limit },
      nth: this.#records.length,
    })
    const started = await startMember(plan)
    this.#running.set(who, started)
    this.#records.push(started.record)
    return { ...started, remove: () => this.#remove(who) }
  }

  /** Every one that was started, in its order. */
  records(): readonly MemberRecord[] {
    return this.#records
  }

  /** Of all that there were since it was asked last. Errors: HarnessError `killed-from-outside`, `log-too-long`. */
  async demandSound(): Promise<void> {
    const unsound = this.#unsound
    this.#unsound = undefined
    if (unsound !== undefined) throw unsound as Error
    for (const one of this.#running.values()) await demandSound(one)
  }

  async remove(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((who) => this.#remove(who)))
  }

  async #remove(who: string): Promise<void> {
    const started = this.#running.get(who)
    if (started === undefined) return
    await demandSound(started).catch((error: unknown) => (this.#unsound ??= error))
    await started.container.remove()
    await started.mount?.remove()
    this.#running.delete(who)
  }
}
