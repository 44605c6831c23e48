import semver from 'semver'
import { HarnessError } from '../errors.ts'
import type { DialsProbe } from '../scenario/cluster.ts'
import type { ClusterContext } from '../world/running.ts'
import { clusterCalls } from './cluster-calls.ts'
import { listen } from './dial-listener.ts'
import type { Observation } from './observation.ts'

/**
 * A listener of ours, with a certificate of the world's `ca`, is announced as a member; the first handshake that `to`
 * finishes with it is noted, and what `to` sends it in clear until it is taken off the list again.
 * Errors: HarnessError `not-removed`; those of the world.
 */
export async function observeDial(spec: DialsProbe, context: ClusterContext): Promise<Observation> {
  const at = new Date()
  const watch = performance.now()
  const member = context.member(spec.to)
  const listener = await listen(spec, context)
  const calls = clusterCalls(context, spec.tls)
  try {
    // A learner is dialled and has no vote: a cluster of one keeps its quorum. Before 3.4.0 there are none.
    const learner = semver.gte(context.subject.etcd, '3.4.0')
    const added = await calls.add(spec.to, `https://${context.hostAddress}:${String(listener.port)}`, learner)
    if ('is' in added) await listener.dialled()
    if ('is' in added) await removed(spec.to, await calls.remove(spec.to, added.is))
    const seen = listener.seen()
    return {
      probe: dialInWords(spec),
      at: at.toISOString(),
      milliseconds: performance.now() - watch,
      to: member.address,
      connected: 'is' in added,
      answered: seen !== undefined,
      ...(seen === undefined
        ? { closed: { how: 'limit', after: performance.now() - watch } }
        : { dial: seen }),
      ...('failed' in added ? { error: { code: 'not-added', message: added.failed } } : {}),
      byHand: calls.byHand,
      log: [],
    }
  } finally {
    listener.end()
  }
}

const dialInWords = ({ to, as }: DialsProbe): string =>
  `${to} dials a new member${as?.cn === undefined ? '' : `, ${as.cn}`}`

async function removed(
  to: string,
  answer: { readonly is: true } | { readonly failed: string },
): Promise<void> {
  if ('is' in answer) return
  throw new HarnessError(
    'not-removed',
    `Our listener could not be taken off the list of ${to}: ${answer.failed}.`,
  )
}
