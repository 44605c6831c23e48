import type { ClientTls, HttpProbe } from '../scenario/probe.ts'
import type { ClusterContext } from '../world/running.ts'
import type { Answer, ClusterCalls, ListedMember } from './cluster-calls.ts'
import { http } from './http.ts'

type Asked = Pick<HttpProbe, 'method' | 'path' | 'body'>

/**
 * The same calls over the v2 members and keys APIs, the only ones of etcd 2 (etcdserver/etcdhttp/client.go): ids are
 * hexadecimal, a key is read linearizably with `quorum`, and there are no learners.
 */
export function callsOverV2(context: ClusterContext, tls: ClientTls | undefined): ClusterCalls {
  const byHand: string[] = []
  const ask = async <T>(to: string, what: Asked, read: (answer: Answered) => T): Promise<Answer<T>> => {
    const scheme = context.spec.members[to]?.client ?? 'http'
    const seen = await http({ kind: 'http', to, scheme, ...what, ...(tls && { tls }) }, context)
    byHand.push(...seen.byHand.slice(0, 1))
    const { status = 0, body = seen.error?.message ?? 'no answer' } = seen.http ?? {}
    if (status < 200 || status > 299)
      return { failed: `${what.method ?? 'GET'} ${what.path} of ${to}: ${String(status)} ${body}`.trim() }
    return { is: read(JSON.parse(body === '' ? '{}' : body) as Answered) }
  }
  return {
    byHand,
    add: (to, peerUrl) =>
      ask(to, { method: 'POST', path: '/v2/members', body: { peerURLs: [peerUrl] } }, ({ id = '' }) => id),
    remove: (to, id) => ask(to, { method: 'DELETE', path: `/v2/members/${id}` }, () => true as const),
    members: (to) => ask(to, { path: '/v2/members' }, listed),
    leader: (to) =>
      ask(to, { path: '/v2/stats/self' }, ({ leaderInfo: { leader = '' } = {} }) =>
        leader === '' ? undefined : leader,
      ),
    put: (to, key) =>
      ask(to, { method: 'PUT', path: `/v2/keys/${key}`, body: 'value=etcd-tls' }, () => true as const),
    keys: (to, prefix) =>
      ask(to, { path: `/v2/keys/${prefix}?quorum=true` }, ({ node }) =>
        (node?.nodes ?? []).map(({ key }) => key.slice(1)),
      ),
  }
}

interface Answered {
  readonly leaderInfo?: { readonly leader: string }
  readonly id?: string
  readonly members?: readonly {
    readonly id: string
    readonly name?: string
    readonly peerURLs?: readonly string[]
    readonly clientURLs?: readonly string[]
  }[]
  readonly node?: { readonly nodes?: readonly { readonly key: string }[] }
}

const listed = ({ members = [] }: Answered): ListedMember[] =>
  members.map(({ id, name = '', peerURLs = [], clientURLs = [] }) => ({
    id,
    name,
    peerUrls: peerURLs,
    clientUrls: clientURLs,
  }))
