import semver from 'semver'
import type { ClientTls } from '../../scenario/probe.ts'
import type { MemberSpec, WorldSpec } from '../../scenario/world.ts'
import { callWords } from '../by-hand/cluster.ts'
import type { Stage } from './plan.ts'

/** What etcdctl is told of a cluster, `etcdctl` first. */
export interface ClusterWords {
  add(to: string, name: string, peerUrl: string, learner?: boolean): string[]
  list(to: string): string[]
  /** Text in the list of a member that started. */
  listed(name: string): string
  put(to: string, key: string, value: string): string[]
  get(to: string, key: string): string[]
  /** All but what is asked: for `withdraw`. */
  plain(to: string): string[]
}

/** In the words of the release: etcdctl of etcd 2 speaks the v2 API and has others. */
export function clusterWords(world: WorldSpec, tls: ClientTls | undefined, stage: Stage): ClusterWords {
  const plain = semver.lt(stage.subject.etcd, '3.0.0') ? v2(world, tls, stage) : v3(world, tls, stage)
  const old = semver.lt(stage.subject.etcd, '3.0.0')
  return {
    plain,
    add: (to, name, peerUrl, learner = false) => [
      ...plain(to),
      ...['member', 'add', name],
      ...(old ? [peerUrl] : [`--peer-urls=${peerUrl}`]),
      ...(learner ? ['--learner'] : []),
    ],
    list: (to) => [...plain(to), 'member', 'list'],
    listed: (name) => (old ? `: name=${name} ` : `, started, ${name}, `),
    put: (to, key, value) => [...plain(to), old ? 'set' : 'put', key, value],
    get: (to, key) => [...plain(to), 'get', key],
  }
}

type Plain = (to: string) => string[]

const v3 =
  (world: WorldSpec, tls: ClientTls | undefined, { files }: Stage): Plain =>
  (to) => {
    const request = { key: '' }
    return [
      'etcdctl',
      ...callWords({ world, tls, to, call: 'range', request }, { files, wish: 'client' }).slice(0, -2),
    ]
  }

const v2 =
  (world: WorldSpec, tls: ClientTls | undefined, { files }: Stage): Plain =>
  (to) => {
    const { client: scheme = 'http', loopback, host }: Partial<MemberSpec> = world.members[to] ?? {}
    const own = loopback === undefined ? files.place.of(to) : '127.0.0.1'
    const address = scheme === 'https' ? (host ?? `${to}.etcd.local`) : own
    const as = tls?.as === undefined ? undefined : files.credential(tls.as, 'client')
    return [
      'etcdctl',
      ...['--endpoints', `${scheme}://${address}:${String(loopback?.client ?? 2379)}`],
      ...(as === undefined ? [] : ['--cert-file', `${as}.crt`, '--key-file', `${as}.key`]),
      ...(scheme === 'https' ? ['--ca-file', `${files.authority(tls?.trust ?? 'ca')}.crt`] : []),
    ]
  }
