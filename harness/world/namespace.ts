import { Berth, type BerthSpec } from './berth.ts'
import type { Holder } from './container.ts'

/** `init`: undefined where there is none. */
export type NamespaceGround = Omit<BerthSpec, 'init'> & { readonly init: string | undefined }

/**
 * A network namespace with an address, for processes that come one after the other: that of a berth. A network of its
 * own is what a container costs most to start: the engine sets up an interface, a resolver and their packet filter for
 * each. Whoever comes next finds the ports free: a process is gone when its end is told, and its sockets with it.
 */
export class Namespace {
  readonly #ground: NamespaceGround
  #berth: Promise<Berth | undefined> | undefined

  constructor(ground: NamespaceGround) {
    this.#ground = ground
  }

  get address(): string {
    return this.#ground.address
  }

  /**
   * What holds it; undefined where there is no init for berths: processes then have a network of their own. Opened
   * when first asked for. Errors: HarnessError `no-container`.
   */
  async holder(): Promise<Holder | undefined> {
    const tried = this.#berth
    // One that could not be opened, or that somebody took away, holds nothing.
    const stands = (berth: Berth | undefined): boolean => berth?.ended.aborted !== true
    const holds = tried !== undefined && (await tried.then(stands, () => false))
    if (!holds && this.#berth === tried) this.#berth = this.#open(tried)
    return this.#berth
  }

  async remove(): Promise<void> {
    const berth = await this.#berth?.catch(() => undefined)
    await berth?.remove()
  }

  /** Where one stood before, its name and its address are free when it is gone. */
  async #open(lost?: Promise<Berth | undefined>): Promise<Berth | undefined> {
    const { init, ...place } = this.#ground
    const before = await lost?.catch(() => undefined)
    await before?.remove()
    return init === undefined ? undefined : Berth.open({ ...place, init })
  }
}
