import { setTimeout as pause } from 'node:timers/promises'
import { HarnessError } from '../errors.ts'
import { until } from '../engine/until.ts'
import type { JoinProbe } from '../scenario/cluster.ts'
import type { Answer, ClusterCalls } from './cluster-calls.ts'

/** Milliseconds for the election after a leader that left: some of etcd's election timeouts, on a busy machine. */
const electionLimit = 10_000

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

/**
 * A candidate may have become the leader; without one a call waits until its own time is up (3.3 drops what is proposed
 * meanwhile without a word). Errors: HarnessError `waited-too-long`.
 */
export async function anotherLeads({ who, to }: JoinProbe, calls: ClusterCalls, id: string): Promise<void> {
  await until(`${to} to know a leader that is not ${who}, which was taken away`, electionLimit, async () => {
    const leader = await calls.leader(to)
    return 'is' in leader && leader.is !== undefined && leader.is !== id ? true : undefined
  })
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
