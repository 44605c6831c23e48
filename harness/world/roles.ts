import type { OptionValues } from '../../fixtures/options.ts'
import type { MemberSpec, Role, WorldSpec } from '../scenario/world.ts'
import { endpointsOf } from './endpoints.ts'

export const roleOf = ({ role }: MemberSpec): Role => role ?? 'member'

/** Names of a role, in the order of the world. */
export const ofRole = ({ members }: WorldSpec, role: Role): string[] =>
  Object.entries(members).flatMap(([name, spec]) => (roleOf(spec) === role ? [name] : []))

/** What a process is told of its world. */
export interface Setting {
  readonly world: WorldSpec
  /** Address of a process. */
  readonly of: (name: string) => string
  /** Sets this cluster apart from every other one. */
  readonly token: string
  /** Members that the cluster has already: then the process joins them. */
  readonly existing?: readonly string[]
}

/**
 * The options that a process needs beside its own: name, URLs, its cluster, fast timers; data in memory. One member
 * alone stands with 10/50 ms; several would flap with them.
 */
export function baseOptions(name: string, setting: Setting): OptionValues {
  const { world, of } = setting
  const spec = world.members[name] ?? { options: {} }
  const { listenClient, advertiseClient, listenPeer, peer } = endpointsOf(spec, of(name))
  const common = { name, 'data-dir': '/var/lib/etcd-tls/data', 'listen-client-urls': listenClient }
  // A proxy is no member: it announces nothing, and asks the members it is told of (startProxy, etcdmain/etcd.go).
  if (roleOf(spec) === 'proxy')
    return { ...common, proxy: 'on', 'initial-cluster': clusterText(ofRole(world, 'member'), setting) }
  return {
    ...common,
    'advertise-client-urls': advertiseClient,
    'listen-peer-urls': listenPeer,
    'initial-advertise-peer-urls': peer,
    ...clusterOptions(name, setting),
  }
}

function clusterOptions(name: string, setting: Setting): OptionValues {
  const { world, token, existing } = setting
  const alone = roleOf(world.members[name] ?? { options: {} }) === 'service'
  const members = alone ? [name] : [...new Set([...(existing ?? ofRole(world, 'member')), name])]
  const several = members.length > 1 || (!alone && ofRole(world, 'candidate').length > 0)
  return {
    'initial-cluster': clusterText(members, setting),
    ...(several ? { 'initial-cluster-token': token } : {}),
    ...(existing === undefined ? {} : { 'initial-cluster-state': 'existing' }),
    'heartbeat-interval': several ? 50 : 10,
    'election-timeout': several ? 250 : 50,
    // Else two members refuse a third as long as they have not seen each other for five seconds.
    ...(ofRole(world, 'candidate').length > 0 && !alone ? { 'strict-reconfig-check': false } : {}),
  }
}

const clusterText = (names: readonly string[], { world, of }: Setting): string =>
  names.map((name) => `${nameOf(name, world)}=${peerUrlOf(name, world, of)}`).join(',')

/** Own name of a process where its options give one. */
const nameOf = (name: string, { members }: WorldSpec): string => members[name]?.options.name ?? name

export const peerUrlOf = (name: string, { members }: WorldSpec, of: Setting['of']): string =>
  endpointsOf(members[name] ?? { options: {} }, of(name)).peer

/** The URLs by which a process calls itself, for members and for clients; its own options may say otherwise. */
export function announcedOf(name: string, { members }: WorldSpec, of: Setting['of']): readonly string[] {
  const spec = members[name] ?? { options: {} }
  const { peer, advertiseClient } = endpointsOf(spec, of(name))
  const { 'initial-advertise-peer-urls': peers = peer, 'advertise-client-urls': clients = advertiseClient } =
    spec.options
  return [peers, clients].flatMap((urls) => String(urls).split(','))
}
