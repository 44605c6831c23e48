import type { Subject } from '../subject/subject.ts'
import { Namespace, type NamespaceGround } from './namespace.ts'

type Ground = Omit<NamespaceGround, 'subject' | 'name' | 'address'> & { readonly worker: string }

/**
 * The network namespaces of a worker by their addresses, for worlds whose processes have addresses of their own. Who
 * has a block of addresses has them to itself; they stay for the next one.
 */
export class Namespaces {
  readonly #ground: Ground
  readonly #at = new Map<string, { readonly of: string; readonly namespace: Namespace }>()

  constructor(ground: Ground) {
    this.#ground = ground
  }

  /** Takes away what holds them, one after the other (`sweepEngine` says why); none is in use any more. */
  async clear(): Promise<void> {
    for (const { namespace } of this.#at.values()) await namespace.remove()
  }

  /**
   * Id of the container that holds the namespace of an address; undefined where the subject has no gateway. What
   * another subject held is held by this one from now on: nothing of one stands in the world of another.
   * Errors: HarnessError `no-container`, `not-removed`.
   */
  async holder(subject: Subject, address: string): Promise<string | undefined> {
    const known = this.#at.get(address)
    if (known?.of === subject.reference) return known.namespace.holder()
    const { worker, runId, network } = this.#ground
    const [, , block, octet] = address.split('.')
    const name = `${worker}-held-${block}-${octet}`
    const namespace = new Namespace({ subject, network, runId, name, address })
    this.#at.set(address, { of: subject.reference, namespace })
    await known?.namespace.remove()
    return namespace.holder()
  }
}
