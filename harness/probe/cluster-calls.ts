import semver from 'semver'
import type { ClientTls, GrpcCall } from '../scenario/probe.ts'
import type { ClusterContext } from '../world/running.ts'
import { callsOverV2 } from './cluster-calls-v2.ts'
import { grpc } from './grpc.ts'

/** What a call came to, or why it did not, in words. */
export type Answer<T> = { readonly is: T } | { readonly failed: string }

/** Why calls had no answer. */
export const unanswered = (...answers: readonly Answer<unknown>[]): string[] =>
  answers.flatMap((answer) => ('failed' in answer ? [answer.failed] : []))

/** A member as the cluster lists it. */
export interface ListedMember {
  /** Decimal; over the v2 API hexadecimal. */
  readonly id: string
  /** Empty until it started (`server/etcdserver/server.go`, publish). */
  readonly name: string
  readonly peerUrls: readonly string[]
  readonly clientUrls: readonly string[]
}

/** What is asked of members, however they are reached. Keys are plain text. */
export interface ClusterCalls {
  /** Announces a member; its id as it is listed. */
  add(to: string, peerUrl: string, learner?: boolean): Promise<Answer<string>>
  remove(to: string, id: string): Promise<Answer<true>>
  members(to: string): Promise<Answer<readonly ListedMember[]>>
  /** Id of the leader that a member knows, as it is listed; undefined while it knows none. */
  leader(to: string): Promise<Answer<string | undefined>>
  put(to: string, key: string): Promise<Answer<true>>
  /** Keys under a prefix that ends with a slash, read linearizably. */
  keys(to: string, prefix: string): Promise<Answer<readonly string[]>>
  /** Commands a person can type for what was called so far. */
  readonly byHand: readonly string[]
}

/** Over gRPC, of etcd 2 over its v2 API. */
export function clusterCalls(context: ClusterContext, tls: ClientTls | undefined): ClusterCalls {
  if (semver.lt(context.subject.etcd, '3.0.0')) return callsOverV2(context, tls)
  return callsOverGrpc(context, tls)
}

function callsOverGrpc(context: ClusterContext, tls: ClientTls | undefined): ClusterCalls {
  const byHand: string[] = []
  const ask = async <T>(
    to: string,
    call: GrpcCall,
    request: Readonly<Record<string, unknown>>,
    read: (response: Response) => T,
  ): Promise<Answer<T>> => {
    const scheme = context.spec.members[to]?.client ?? 'http'
    const seen = await grpc({ kind: 'grpc', to, scheme, call, request, ...(tls && { tls }) }, context)
    byHand.push(...seen.byHand.slice(0, 1))
    const { code = 'no answer', details = '', response = '{}' } = seen.grpc ?? {}
    if (code !== 'OK') return { failed: `gRPC ${call} to ${to}: ${code} ${details}`.trim() }
    return { is: read(JSON.parse(response) as Response) }
  }
  return {
    byHand,
    add: (to, peerUrl, learner = false) =>
      ask(to, 'memberAdd', { peerURLs: [peerUrl], isLearner: learner }, ({ member }) => member?.ID ?? ''),
    remove: (to, id) => ask(to, 'memberRemove', { ID: id }, () => true as const),
    members: (to) => ask(to, 'memberList', { linearizable: true }, listed),
    leader: (to) => ask(to, 'status', {}, ({ leader = '0' }) => (leader === '0' ? undefined : leader)),
    put: (to, key) => ask(to, 'put', { key, value: 'etcd-tls' }, () => true as const),
    keys: (to, prefix) =>
      ask(to, 'range', { key: prefix, range_end: endOf(prefix) }, ({ kvs = [] }) =>
        kvs.map(({ key }) => key),
      ),
  }
}

interface Response {
  readonly leader?: string
  readonly member?: { readonly ID: string }
  readonly members?: readonly {
    readonly ID: string
    readonly name?: string
    readonly peerURLs?: readonly string[]
    readonly clientURLs?: readonly string[]
  }[]
  readonly kvs?: readonly { readonly key: string }[]
}

const listed = ({ members = [] }: Response): ListedMember[] =>
  members.map(({ ID, name = '', peerURLs = [], clientURLs = [] }) => ({
    id: ID,
    name,
    peerUrls: peerURLs,
    clientUrls: clientURLs,
  }))

/** End of the range of a prefix: its last byte raised by one (`clientv3.GetPrefixRangeEnd`). */
const endOf = (prefix: string): string =>
  prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
