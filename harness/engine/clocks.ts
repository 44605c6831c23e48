import { HarnessError } from '../errors.ts'
import { answered, engineClient } from './client.ts'

/** Milliseconds that two clocks may be apart, or one may be set by. */
export const clockLimit = 5_000

/** When a question was asked and answered by this host's clock, and what the other clock said between; epoch milliseconds. */
export interface ClockReading {
  readonly asked: number
  readonly told: number
  readonly answered: number
}

/**
 * The engine's clock goes as this host's does: certificates get their times here and are checked there, and what is seen
 * is ordered by both. Errors: HarnessError `clocks-apart`; `no-engine`, `waited-too-long`.
 */
export async function demandOneClock(): Promise<void> {
  const docker = (await engineClient()).container.dockerode
  const asked = Date.now()
  const { SystemTime = '' } = (await answered('its time', docker.info())) as { SystemTime?: string }
  checkClocks({ asked, told: Date.parse(SystemTime), answered: Date.now() })
}

/** Pure. An engine that does not tell its time cannot be compared. Errors: HarnessError `clocks-apart`. */
export function checkClocks(reading: ClockReading): void {
  const by = ahead(reading)
  if (Math.abs(by) <= clockLimit) return
  throw new HarnessError(
    'clocks-apart',
    `The clock of the container engine is ${seconds(by)} ${by > 0 ? 'ahead of' : 'behind'} this host's; set one of them (NTP), and run again.`,
  )
}

/** By how much the other clock is ahead, as far as the time that the call took does not explain it. */
function ahead({ asked, told, answered: until }: ClockReading): number {
  if (told > until) return told - until
  return told < asked ? told - asked : 0
}

/** Looks whether this host's clock is set while it is watched. */
export class ClockWatch {
  readonly #wall: () => number
  readonly #steady: () => number
  readonly #first: number
  /** The largest step of all looks. */
  #step = 0

  /** @param steady milliseconds on a clock that nobody sets */
  constructor(wall: () => number = Date.now, steady: () => number = () => performance.now()) {
    this.#wall = wall
    this.#steady = steady
    this.#first = wall() - steady()
  }

  /** A clock that is set and set back is seen only between the two. */
  look(): void {
    const step = this.#wall() - this.#steady() - this.#first
    if (Math.abs(step) > Math.abs(this.#step)) this.#step = step
  }

  /** Why nothing that was seen meanwhile can be trusted; undefined where it can. */
  problem(): string | undefined {
    this.look()
    if (Math.abs(this.#step) <= clockLimit) return undefined
    const way = this.#step > 0 ? 'forward' : 'back'
    return `this host's clock went ${seconds(this.#step)} ${way} meanwhile (it was set, or the host slept), so no verdict can be trusted`
  }
}

const seconds = (milliseconds: number): string => `${String(Math.round(Math.abs(milliseconds) / 1000))} s`
