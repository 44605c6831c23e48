import { setTimeout as pause } from 'node:timers/promises'
import { HarnessError } from '../errors.ts'
import type { JoinProbe } from '../scenario/cluster.ts'
import type { Answer, ClusterCalls } from './cluster-calls.ts'

/** Peer URL → when it was announced last, on this process's clock. */
const lastAnnounced = new Map<string, number>()

/**
 * The id of a member is a hash of its URL and the second (`NewMember`, `etcdserver/api/membership/member.go`), and
 * an id that was removed does not come back: the same URL needs another second.
 */
export async function announce(to: string, peerUrl: string, calls: ClusterCalls): Promise<Answer<string>> {
  const last = lastAnnounced.get(peerUrl)
  if (last !== undefined) await pause(Math.max(0, last + 1_000 - performance.now()))
  const added = await calls.add(to, peerUrl)
  lastAnnounced.set(peerUrl, performance.now())
  return added
}

/** Errors: HarnessError `not-removed` when the candidate is still on the list, or nobody can tell. */
export async function demandRemoved(
  { who, to }: JoinProbe,
  calls: ClusterCalls,
  id: string,
  removed: Answer<true>,
): Promise<void> {
  const list = await calls.members(to)
  if ('is' in removed && 'is' in list && !list.is.some((one) => one.id === id)) return
  const why = 'failed' in removed ? removed.failed : 'failed' in list ? list.failed : 'it is still listed'
  throw new HarnessError('not-removed', `${who} could not be taken off the list of ${to}: ${why}.`)
}
