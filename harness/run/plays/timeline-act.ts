import { X509Certificate } from 'node:crypto'
import { certificateOf, isFileRef } from '../../../fixtures/credential.ts'
import type { CredentialSpec } from '../../../fixtures/credential.ts'
import type { OptionName } from '../../../fixtures/options.ts'
import { identity } from '../../../fixtures/pki/leaf.ts'
import { HarnessError } from '../../errors.ts'
import { metOf } from '../../judge/timeline.ts'
import { hold, type Held } from '../../probe/hold.ts'
import type { Observation, SeenStep } from '../../probe/observation.ts'
import type { TimelineCell } from '../../scenario/claim.ts'
import type { Moment, Rotated } from '../../scenario/moments.ts'
import { within } from '../../within.ts'
import { rotateFiles } from '../../world/mounted-members.ts'
import type { World } from '../../world/world.ts'
import { expire, overAt } from './timeline-expire.ts'
import { lookAtStep } from './timeline-look.ts'

/** What a moment comes to, before it is judged. */
interface Came {
  readonly what: string
  readonly seen?: Observation
  /** Of a certificate that was written. */
  readonly serial?: string | undefined
}

/** Milliseconds for what is done to files and to the process. */
const actLimit = 30_000

/** Makes the moments of one timeline in a world. */
export class TimelineAct {
  /** `identity` of the credentials that were to be shown → SHA-256, as far as they were minted. */
  readonly fingerprints: Record<string, string> = {}
  readonly #cell: TimelineCell
  readonly #world: World
  readonly #held = new Map<string, Held>()
  readonly #began = performance.now()

  constructor(cell: TimelineCell, world: World) {
    this.#cell = cell
    this.#world = world
  }

  /** Makes one moment; `before` are the steps so far. What the harness cannot do is in `met`, and never thrown. */
  async make(moment: Moment, before: readonly SeenStep[], what: string): Promise<SeenStep> {
    const began = this.#now()
    try {
      const came = await this.#come(moment, what)
      const step = { ...this.#step(moment, began, came.what), ...seenIn(came), met: true as const }
      const judged = metOf(this.#cell, this.#world.subject, [...before, step], this.fingerprints)
      return { ...step, met: judged }
    } catch (error) {
      if (!(error instanceof HarnessError) || error.exit === 2) throw error
      return { ...this.#step(moment, began, moment.name), met: `${error.code}: ${error.message}` }
    }
  }

  /** Closes what is held. */
  async close(): Promise<void> {
    await Promise.all([...this.#held.values()].map((held) => held.close()))
    this.#held.clear()
  }

  #now(): number {
    return Math.round(performance.now() - this.#began)
  }

  #step({ do: act, name }: Moment, began: number, what: string): Omit<SeenStep, 'met'> {
    return { name, do: act, began, ended: this.#now(), what }
  }

  async #come(moment: Moment, what: string): Promise<Came> {
    const world = this.#world
    switch (moment.do) {
      case 'connect':
        await this.#note(moment.shows, moment.comes)
        return { what: 'a new connection', seen: await lookAtStep(moment, world, what) }
      case 'hold':
        await this.#note(moment.shows)
        return this.#hold(moment, what)
      case 'use':
        return this.#use(moment.name, what)
      case 'rotate':
        return { what: moment.name, serial: await within(actLimit, what, this.#rotate(moment)) }
      case 'restart':
        return { what: moment.name, seen: await world.restart(moment.of) }
      case 'expire':
        return { what: await expire(moment.credential, world) }
    }
  }

  /** Notes which certificate is to be shown; one that is over by now cannot be served. */
  async #note(shows: CredentialSpec | undefined, comes = 'served'): Promise<void> {
    if (shows === undefined) return
    const { fingerprint256, validTo } = new X509Certificate(await this.#world.pem(certificateOf(shows)))
    this.fingerprints[identity(shows)] = fingerprint256
    if (comes !== 'served' || shows.notAfter?.startsWith('+') !== true || overAt(validTo) > Date.now()) return
    const message = `The certificate was valid until ${validTo}, which was over before this step: give it a later notAfter.`
    throw new HarnessError('expired-early', message)
  }

  async #hold({ name, probe }: Extract<Moment, { do: 'hold' }>, what: string): Promise<Came> {
    const held = await within(2 * this.#world.limit, what, hold(probe, this.#world))
    this.#held.set(name, held)
    return { what: `a connection that stays open, from ${portsOf(held)}`, seen: held.opened }
  }

  async #use(name: string, what: string): Promise<Came> {
    const held = this.#held.get(name)
    if (held === undefined) throw new HarnessError('not-held', `No connection is held as ${name}.`)
    const seen = await within(2 * this.#world.limit, what, held.use())
    return { what: `asked again over the connection from ${portsOf(held)}`, seen }
  }

  /** The serial of the certificate that was written, if one was. */
  async #rotate({ of, write, files }: Rotated): Promise<string | undefined> {
    const texts: Partial<Record<OptionName, string>> = {}
    let serial: string | undefined
    for (const [option, ref] of Object.entries(files) as [OptionName, unknown][]) {
      if (!isFileRef(ref)) continue
      const text = await this.#world.pem(ref)
      if (ref.file === 'certificate') serial = new X509Certificate(text).serialNumber
      texts[option] = text
    }
    await rotateFiles(this.#world, of, write, texts)
    return serial
  }
}

const portsOf = ({ ports }: Held): string => `port ${ports.join(' and, for its watch, port ')} of the client`

function seenIn({ seen, serial }: Came): Pick<SeenStep, 'seen' | 'serial'> {
  const shown = seen?.dial?.certificate?.serial ?? seen?.tls?.server?.serial ?? serial
  return { ...(seen && { seen }), ...(shown !== undefined && { serial: shown }) }
}
