import { sharesFolders } from '../engine/shared-folders.ts'
import { sweep } from '../engine/sweep.ts'
import { actFor, demandTemporaryFolder } from '../engine/temporary.ts'
import { prepareSubject, surroundingsOf } from '../subject/prepare.ts'
import type { Subject } from '../subject/subject.ts'
import { prepareTools } from '../tool/tools.ts'
import { AddressBook } from '../world/address-book.ts'
import { createNetwork } from '../world/network.ts'
import type { Ground } from '../world/world.ts'

export interface ProvingGround {
  readonly subject: Subject
  readonly ground: Ground
}
export interface Preparing {
  readonly runId: string
  readonly signal: AbortSignal
  readonly onProgress: (text: string) => void
  /** The world of the proof has a DNS of its own. */
  readonly dns: boolean
}

/** A build, a network and what else a proof needs; the caller sweeps the run afterwards. Errors: HarnessError; the reason of the signal. */
export async function provingGround(asked: string, { dns, ...preparing }: Preparing): Promise<ProvingGround> {
  const { runId } = preparing
  actFor(runId)
  await demandTemporaryFolder()
  await sweep('dead')
  const subject = await prepareSubject(asked, { ...preparing, measureTls: () => Promise.resolve([]) })
  const tools = dns ? await prepareTools(['coredns'], await surroundingsOf(preparing)) : {}
  const network = await createNetwork(runId)
  const shares = await sharesFolders(subject.reference, runId)
  const addresses = new AddressBook(network, 0)
  return { subject, ground: { runId, network, addresses, worker: 'prove', tools, sharesFolders: shares } }
}
