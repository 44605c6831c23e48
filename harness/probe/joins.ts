import type { JoinProbe } from '../scenario/cluster.ts'
import type { LogLine } from '../world/log-line.ts'
import type { ClusterContext, StartedCandidate } from '../world/running.ts'
import { announce, anotherLeads, demandRemoved } from './announce.ts'
import {
  clusterCalls,
  unanswered,
  type Answer,
  type ClusterCalls,
  type ListedMember,
} from './cluster-calls.ts'
import { reachWith } from './cluster-reach.ts'
import { joinInWords } from './in-words.ts'
import { bounded } from './join.ts'
import type { Observation, SeenJoin } from './observation.ts'

/** Milliseconds a line that states the reason may come after the candidate ended. */
const logLimit = 2_000
/** Lines kept of a connection, and of a candidate's own log. */
const keptLines = 40

let joins = 0

/**
 * A candidate is announced through `to`, started, asked, and taken away again. With `expected` it waits for such a
 * line of `to` about the candidate's address, with `own` for one of the candidate's that joins. What the members do is in the
 * observation.
 * Errors: HarnessError `not-removed` when the cluster keeps the candidate on its list, `waited-too-long` when it finds no other leader;
 * those of the world.
 */
export async function observeJoin(
  spec: JoinProbe,
  context: ClusterContext,
  expected?: (line: LogLine) => boolean,
  own?: (line: LogLine) => boolean,
): Promise<Observation> {
  const at = new Date()
  const watch = performance.now()
  // What was asked about an earlier candidate at this address is none of this one's.
  await context.queriesSettled()
  const asked = context.queries().length
  const calls = clusterCalls(context, spec.tls)
  const peerUrl = context.peerUrl(spec.who)
  const added = await announce(spec.to, peerUrl, calls)
  const join =
    'failed' in added
      ? { seen: notAdded(spec.who, added.failed), log: [] }
      : await started(spec, context, calls, { id: added.is, expected, own })
  await context.queriesSettled()
  return {
    probe: joinInWords(spec),
    at: at.toISOString(),
    milliseconds: performance.now() - watch,
    to: context.member(spec.to).address,
    connected: !('failed' in added),
    answered: join.seen.started,
    localAddress: join.seen.address,
    join: join.seen,
    dns: context.queries(asked),
    byHand: calls.byHand,
    log: join.log,
  }
}

const notAdded = (who: string, why: string): SeenJoin => ({
  who,
  address: '',
  added: why,
  started: false,
  listed: false,
  writtenAndRead: false,
  said: [],
})

interface Announced {
  readonly id: string
  readonly expected: ((line: LogLine) => boolean) | undefined
  readonly own: ((line: LogLine) => boolean) | undefined
}

interface Attempt {
  readonly seen: SeenJoin
  /** Lines of the member that was asked, about the candidate's address. */
  readonly log: readonly LogLine[]
}

/** Off the list while it lives: a voter that goes first would take the cluster's quorum along. */
async function started(
  spec: JoinProbe,
  context: ClusterContext,
  calls: ClusterCalls,
  announced: Announced,
): Promise<Attempt> {
  let candidate: StartedCandidate | undefined
  try {
    // The address was another candidate's before; its last lines may come until now.
    const from = context.member(spec.to).log.lines.length
    candidate = await context.startCandidate(spec.who, spec.options ?? {})
    return await attempt(spec, context, candidate, { ...announced, from })
  } finally {
    const removed = await calls.remove(spec.to, announced.id)
    await candidate?.remove()
    if ('is' in removed) await anotherLeads(spec, calls, announced.id)
    await demandRemoved(spec, calls, announced.id, removed)
  }
}

async function attempt(
  spec: JoinProbe,
  context: ClusterContext,
  candidate: StartedCandidate,
  { from, expected, own }: Announced & { readonly from: number },
): Promise<Attempt> {
  const { process, answered } = candidate.start
  const serves = process?.ready === true && answered
  const { log } = context.member(spec.to)
  const mine = ({ remoteAddress }: LogLine): boolean => remoteAddress === candidate.address
  const here = serves ? await asMember(spec, context, candidate) : await asStranger(spec, context)
  if (expected !== undefined && !serves)
    await log.waitFor((line) => mine(line) && expected(line), { from, limit: logLimit })
  if (own !== undefined && serves) await candidate.log.waitFor(own, { limit: logLimit })
  const seen: SeenJoin = {
    who: spec.who,
    address: candidate.address,
    added: true,
    started: serves,
    ...(process?.exit === undefined ? {} : { exit: process.exit }),
    ...here,
    said: lastLines(candidate.log.lines, own),
  }
  return { seen, log: bounded(log.lines.slice(from).filter(mine), keptLines, expected) }
}

/** The last lines; before them the one that is declared, wherever it stood: a log that is replayed is long. */
function lastLines(lines: readonly LogLine[], own?: (line: LogLine) => boolean): readonly LogLine[] {
  const kept = lines.slice(-keptLines)
  const declared = own && lines.findLast(own)
  return declared === undefined || kept.includes(declared) ? kept : [declared, ...kept.slice(1)]
}

type Standing = Pick<SeenJoin, 'listed' | 'writtenAndRead' | 'unanswered'>

/** Written through the candidate, read through the member that was asked; its list is read after that. */
async function asMember(
  spec: JoinProbe,
  context: ClusterContext,
  candidate: StartedCandidate,
): Promise<Standing> {
  const calls = clusterCalls(reachWith(context, candidate), spec.tls)
  const prefix = `etcd-tls/join/${String(joins++)}/`
  const key = prefix + spec.who
  const put = await calls.put(spec.who, key)
  const keys = 'is' in put ? await calls.keys(spec.to, prefix) : put
  const list = await calls.members(spec.to)
  const [why] = unanswered(keys, list)
  return {
    writtenAndRead: 'is' in keys && keys.is.includes(key),
    listed: isListed(spec, list, context),
    ...(why === undefined ? {} : { unanswered: why }),
  }
}

async function asStranger(spec: JoinProbe, context: ClusterContext): Promise<Standing> {
  const list = await clusterCalls(context, spec.tls).members(spec.to)
  return { writtenAndRead: false, listed: isListed(spec, list, context) }
}

/** Only a member that started is listed with its name. */
function isListed(
  { who }: JoinProbe,
  list: Answer<readonly ListedMember[]>,
  context: ClusterContext,
): boolean {
  const url = context.peerUrl(who)
  return 'is' in list && list.is.some(({ name, peerUrls }) => name === who && peerUrls.includes(url))
}
