import type { FormsProbe } from '../scenario/cluster.ts'
import type { LogLine } from '../world/log-line.ts'
import { announcedOf } from '../world/roles.ts'
import type { ClusterContext } from '../world/running.ts'
import {
  clusterCalls,
  unanswered,
  type Answer,
  type ClusterCalls,
  type ListedMember,
} from './cluster-calls.ts'
import type { Observation, SeenForm } from './observation.ts'
import { servingWords } from './serving.ts'

/** Milliseconds for members to serve, or for one to turn another away often enough. */
const formLimit = 20_000
/**
 * Milliseconds for which members that were turned away must stay apart: eight election timeouts of a world's members.
 * One that is refused where it dials may be dialled, and over such a connection everything goes both ways (rafthttp).
 */
const apart = 2_000
/** Lines of the member that refuses, kept. */
const keptLines = 40

/** What a member logs where the members do not become one cluster, be it promised or declared. */
export interface Refusing {
  readonly by: string
  /** Who is turned away; without, the line is about no member in particular. */
  readonly from?: string
  /** The line states the reason. */
  readonly fits: (line: LogLine) => boolean
  /** So often it must be said: a refusal stays one. */
  readonly times: number
}

let rounds = 0

/**
 * Waits until every member serves, or one has refused another often enough and they stayed apart, then writes a key
 * through each member that is read through every other, and asks for the list. What the members do is in the observation.
 */
export async function observeForms(
  spec: FormsProbe,
  context: ClusterContext,
  refusing?: Refusing,
): Promise<Observation> {
  const at = new Date()
  const watch = performance.now()
  const names = membersOf(context)
  const started = await settled(names, context, refusing)
  const calls = clusterCalls(context, spec.tls)
  const { readThrough, lost } = await written(started, calls)
  // After the reads: who answers them knows what each of the others published before it served (`publish`, etcdserver/server.go).
  const listed = started.includes(spec.to)
    ? await calls.members(spec.to)
    : { failed: `${spec.to} does not serve` }
  const [why] = [...unanswered(listed), ...lost]
  const members = names.map((name) => seenMember(name, context, started, listed, readThrough))
  await context.queriesSettled()
  return {
    probe: `the members form a cluster, as ${spec.to} lists it`,
    at: at.toISOString(),
    milliseconds: performance.now() - watch,
    to: context.member(spec.to).address,
    connected: started.includes(spec.to),
    answered: started.length === names.length,
    form: { members, ...(why === undefined ? {} : { unanswered: why }) },
    ...('failed' in listed ? { error: { code: 'not-listed', message: listed.failed } } : {}),
    ...(refusing?.from === undefined ? {} : { localAddress: context.member(refusing.from).address }),
    dns: context.queries(),
    byHand: calls.byHand,
    log: refusals(context, refusing).slice(0, keptLines),
  }
}

const membersOf = ({ spec }: ClusterContext): string[] =>
  Object.entries(spec.members).flatMap(([name, { role = 'member' }]) => (role === 'member' ? [name] : []))

/** Members that serve, once all do, or once the refusal was said often enough, or at the limit. */
async function settled(
  names: readonly string[],
  context: ClusterContext,
  refusing: Refusing | undefined,
): Promise<string[]> {
  const done = new AbortController()
  const waits = { limit: formLimit, signal: done.signal }
  const ended = (name: string): boolean => context.startOf(name).process?.exit !== undefined
  const serves = names
    .filter((name) => !ended(name))
    .map(async (name) => ((await context.member(name).log.waitFor(servingWords(), waits)) ? name : undefined))
  const all = Promise.all(serves)
  await Promise.race([all, ...(refusing === undefined ? [] : [refusedOften(context, refusing, waits)])])
  done.abort()
  return (await all).flatMap((name) => name ?? [])
}

async function refusedOften(
  context: ClusterContext,
  refusing: Refusing,
  waits: { limit: number; signal: AbortSignal },
): Promise<void> {
  let times = 0
  const fits = (line: LogLine): boolean =>
    isAbout(line, context, refusing) && refusing.fits(line) && ++times >= refusing.times
  const { log } = context.member(refusing.by)
  const line = await log.waitFor(fits, waits)
  // Without it the members have until the limit; with it, time to find another way.
  const never = (): boolean => false
  await log.waitFor(never, { ...waits, limit: line === undefined ? formLimit : apart })
}

const isAbout = ({ remoteAddress }: LogLine, context: ClusterContext, { from }: Refusing): boolean =>
  from === undefined || remoteAddress === context.member(from).address

const refusals = (context: ClusterContext, refusing: Refusing | undefined): LogLine[] =>
  refusing?.from === undefined
    ? []
    : context.member(refusing.by).log.lines.filter((line) => isAbout(line, context, refusing))

/** Name of a member → members through which its key was read; and which calls had no answer. */
async function written(
  started: readonly string[],
  calls: ClusterCalls,
): Promise<{ readThrough: ReadonlyMap<string, readonly string[]>; lost: readonly string[] }> {
  const prefix = `etcd-tls/form/${String(rounds++)}/`
  const put = await Promise.all(started.map((name) => calls.put(name, prefix + name)))
  const read = await Promise.all(started.map(async (name) => [name, await calls.keys(name, prefix)] as const))
  const readThrough = new Map(
    started.map((writer) => [
      writer,
      read.flatMap(([reader, keys]) =>
        reader !== writer && 'is' in keys && keys.is.includes(prefix + writer) ? [reader] : [],
      ),
    ]),
  )
  return { readThrough, lost: unanswered(...put, ...read.map(([, keys]) => keys)) }
}

/** Where it is found as the world has it, not as the list says. */
const announcedBy = (name: string, context: ClusterContext): string[] =>
  announcedOf(name, context.spec, (one) => context.member(one).address).map((url) => context.resolve(url))

function seenMember(
  name: string,
  context: ClusterContext,
  started: readonly string[],
  list: Answer<readonly ListedMember[]>,
  readThrough: ReadonlyMap<string, readonly string[]>,
): SeenForm['members'][number] {
  const exit = context.startOf(name).process?.exit
  const listed = 'is' in list ? list.is.find((one) => one.name === name) : undefined
  return {
    name,
    started: started.includes(name),
    ...(exit === undefined ? {} : { exit }),
    listed: listed === undefined ? [] : [...listed.peerUrls, ...listed.clientUrls],
    announced: announcedBy(name, context),
    readThrough: readThrough.get(name) ?? [],
  }
}
