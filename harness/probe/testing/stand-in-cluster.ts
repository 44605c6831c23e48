import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js'
import { HarnessError } from '../../errors.ts'
import type { Observation } from '../observation.ts'
import type { MemberSpec, WorldSpec } from '../../scenario/world.ts'
import type { ClusterContext, RunningMember, StartedCandidate } from '../../world/running.ts'
import { LogBook } from '../../world/log-book.ts'
import { methodOf } from '../etcd-api.ts'
import { standIn, testPki } from './stand-in.ts'

type Fields = Record<string, unknown>
type Handler = (call: ServerUnaryCall<Fields, object>, done: sendUnaryData<object>) => void
interface Listed {
  readonly ID: string
  name: string
  readonly peerURLs: readonly string[]
  readonly clientURLs?: readonly string[]
}

/** What every member of a stand-in for a cluster knows. */
export class SharedStore {
  readonly keys = new Set<string>()
  readonly members: Listed[] = []
  readonly calls: string[] = []
  /** Calls that fail, as where nobody leads. */
  readonly failing = new Set<string>()
  /** Who leads, one after the other; the last one stays. */
  leaders = ['1']
}

/** A member that answers the calls of an act on members, from a store that it shares with the others. */
export async function fakeMember(
  name: string,
  store: SharedStore,
  stops: (() => void)[],
): Promise<RunningMember> {
  const server = new Server()
  const said =
    (call: string, answer: (request: Fields) => object): Handler =>
    ({ request }, done) => {
      store.calls.push(`${call} ${name}`)
      if (store.failing.has(call)) done({ code: status.UNAVAILABLE, details: 'no leader' })
      else done(null, answer(request))
    }
  server.addService(
    {
      put: methodOf('put'),
      range: methodOf('range'),
      add: methodOf('memberAdd'),
      remove: methodOf('memberRemove'),
      list: methodOf('memberList'),
      status: methodOf('status'),
    },
    {
      put: said('put', ({ key }) => (store.keys.add(String(key)), {})),
      range: said('range', ({ key, range_end: end }) => ({
        kvs: [...store.keys]
          .filter((one) => one >= String(key) && one < String(end))
          .map((one) => ({ key: Buffer.from(one) })),
      })),
      add: said('add', ({ peerURLs }) => {
        const member = { ID: String(store.members.length + 100), name: '', peerURLs: peerURLs as string[] }
        store.members.push(member)
        return { member }
      }),
      remove: said('remove', ({ ID }) => {
        const at = store.members.findIndex((one) => one.ID === String(ID))
        if (at >= 0) store.members.splice(at, 1)
        return { members: store.members }
      }),
      list: said('list', () => ({ members: store.members })),
      status: said('status', () => ({
        leader: store.leaders.length > 1 ? store.leaders.shift() : store.leaders[0],
      })),
    },
  )
  stops.push(() => server.forceShutdown())
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  )
  return { name, address: '127.0.0.1', clientPort: port, peerPort: port, log: new LogBook() }
}

/** A world of such members. `candidate` is what its start gives. */
export function fakeCluster(
  members: readonly RunningMember[],
  { candidate, starts = {} }: { candidate?: StartedCandidate; starts?: Record<string, Observation> } = {},
): ClusterContext {
  const { context } = standIn(0, {}, testPki())
  const options: MemberSpec = { options: {} }
  const spec: WorldSpec = {
    authorities: { ca: {} },
    setup: [],
    members: {
      ...Object.fromEntries(members.map(({ name }) => [name, options])),
      ...(candidate && { [candidate.name]: { ...options, role: 'candidate' as const } }),
    },
  }
  return {
    ...context,
    spec,
    hostAddress: '127.0.0.1',
    member: (name) => members.find((one) => one.name === name) ?? unknown(name),
    startOf: (name) => starts[name] ?? unknown(name),
    isAlive: () => Promise.resolve(true),
    peerUrl: (name) => `https://${name}:2380`,
    startCandidate: () =>
      candidate === undefined ? Promise.reject(new Error('no container')) : Promise.resolve(candidate),
    queries: () => [],
    queriesSettled: () => Promise.resolve(),
  }
}

function unknown(name: string): never {
  throw new HarnessError('unknown-member', `There is no member ${name}.`)
}
