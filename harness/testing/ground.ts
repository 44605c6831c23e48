import { defaultSubject } from '../subject/parse.ts'
import { prepareSubject } from '../subject/prepare.ts'
import type { Subject } from '../subject/subject.ts'
import { AddressBook } from '../world/address-book.ts'
import { createNetwork } from '../world/network.ts'
import type { Ground } from '../world/world.ts'

/** The default subject and a network of its own, for tests that start worlds by themselves; the sweep takes it away. */
export async function testGround(runId: string): Promise<{ subject: Subject; ground: Ground }> {
  const subject = await prepareSubject(defaultSubject(), {
    runId,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    measureTls: () => Promise.resolve([]),
  })
  const network = await createNetwork(runId)
  return { subject, ground: { runId, network, addresses: new AddressBook(network, 0), worker: 'test' } }
}
