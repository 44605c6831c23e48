import { grpcWords } from '../../probe/by-hand.ts'
import type { Cell } from '../../scenario/claim.ts'
import { listenerPair, type DialsProbe, type FormsProbe, type JoinProbe } from '../../scenario/cluster.ts'
import type { ClientTls, GrpcCall } from '../../scenario/probe.ts'
import type { MemberSpec, WorldSpec } from '../../scenario/world.ts'
import type { Subject } from '../../subject/subject.ts'
import { ofRole } from '../../world/roles.ts'
import type { HandFiles } from './files.ts'
import { containerOf } from './hand-place.ts'
import { memberLines, peerUrlByHand, waiting } from './member.ts'
import { beside, type Hand } from './probe.ts'

interface ClusterHand extends Hand {
  /** Lines that start a candidate with its options changed. */
  start(who: string, options: NonNullable<JoinProbe['options']>): string[]
  peerUrl(name: string): string
}

/** The lines of an act on the members of a world. */
export function clusterLines(
  when: FormsProbe | JoinProbe | DialsProbe,
  world: WorldSpec,
  subject: Subject,
  files: HandFiles,
): string[] {
  const hand = clusterHand(world, subject, files)
  if (when.kind === 'forms') return formsLines(when, world, hand)
  return when.kind === 'join' ? joinLines(when, world, hand) : dialsLines(when, world, hand)
}

function clusterHand(world: WorldSpec, subject: Subject, files: HandFiles): ClusterHand {
  const peerUrl = (name: string): string => peerUrlByHand(name, world, files.place)
  const start = (who: string, changes: NonNullable<JoinProbe['options']>): string[] => {
    const spec = world.members[who] ?? { options: {} }
    const options = { ...spec.options, ...changes }
    const member = { name: who, world, spec: { ...spec, options }, existing: ofRole(world, 'member') }
    return [...memberLines(member, subject, files, 'waited for'), waiting(who)]
  }
  return { subject, files, wish: 'client', peerUrl, start }
}

export const isOfCluster = (when: Cell['when']): when is FormsProbe | JoinProbe | DialsProbe =>
  when.kind === 'forms' || when.kind === 'join' || when.kind === 'dials'

/** The list of members, then a key written through each and read through every other one. */
function formsLines({ to, tls }: FormsProbe, world: WorldSpec, hand: ClusterHand): string[] {
  const names = Object.entries(world.members).flatMap(([name, { role = 'member' }]) =>
    role === 'member' ? [name] : [],
  )
  const call = callOf(world, tls, hand)
  return [
    call(to, 'memberList', {}),
    ...names.flatMap((name) => [
      call(name, 'put', { key: `by-${name}`, value: name }),
      ...names.filter((other) => other !== name).map((other) => call(other, 'range', { key: `by-${name}` })),
    ]),
  ]
}

/** The candidate is announced, started, asked for, and taken away again. */
function joinLines({ to, who, options = {}, tls }: JoinProbe, world: WorldSpec, hand: ClusterHand): string[] {
  const call = callOf(world, tls, hand)
  const id = `"$(${call(to, 'memberList', {})} | grep -F '${hand.peerUrl(who)}' | cut -d, -f1)"`
  return [
    call(to, 'memberAdd', { name: who, peerURLs: [hand.peerUrl(who)] }),
    ...hand.start(who, options),
    call(to, 'memberList', {}),
    `docker logs ${containerOf(who)} 2>&1 | tail -n 5`,
    `docker logs ${containerOf(to)} 2>&1 | grep 'rejected connection' | tail -n 5`,
    `${call(to, 'memberRemove', { ID: '0' }).replace(/ 0$/, '')} ${id}`,
    `docker rm -f ${containerOf(who)}`,
  ]
}

/** A listener that shows what comes, announced as a member that has no vote. */
function dialsLines(probe: DialsProbe, world: WorldSpec, hand: ClusterHand): string[] {
  const { to, tls } = probe
  const call = callOf(world, tls, hand)
  const gateway = `"$(docker network inspect -f '{{(index .IPAM.Config 0).Gateway}}' bridge)"`
  const listener = hand.files.credential(listenerPair(probe, '172.17.0.1'), 'listener')
  return [
    '# the listener: what the member shows when it dials; 172.17.0.1 stands for the gateway of its network',
    `GATEWAY=${gateway}`,
    `timeout 10 openssl s_server -accept 2390 -cert ${listener}.crt -key ${listener}.key -Verify 3 < /dev/zero > dialled.txt 2>&1 &`,
    `${call(to, 'memberAdd', { name: 'listener' })} "--peer-urls=https://$GATEWAY:2390" --learner`,
    'wait; openssl x509 -in dialled.txt -noout -subject -serial -fingerprint -sha256',
  ]
}

function callOf(world: WorldSpec, tls: ClientTls | undefined, hand: ClusterHand) {
  return (to: string, call: GrpcCall, request: Readonly<Record<string, unknown>>): string =>
    beside(hand, to, callWords({ world, tls, to, call, request }, hand))
}

/** A call to a member. */
export interface Call {
  readonly world: WorldSpec
  readonly tls: ClientTls | undefined
  readonly to: string
  readonly call: GrpcCall
  readonly request: Readonly<Record<string, unknown>>
}

/** What etcdctl is told for a call, in the network namespace of the member. */
export function callWords(
  { world, tls, to, call, request }: Call,
  { files, wish }: Pick<Hand, 'files' | 'wish'>,
): string[] {
  const { client: scheme = 'http', loopback, host }: Partial<MemberSpec> = world.members[to] ?? {}
  const trusts = tls?.trust !== 'nobody' && tls?.trust !== 'anybody'
  if (scheme === 'https' && trusts) files.authority(tls?.trust ?? 'ca')
  const client = tls?.as === undefined ? wish : files.credential(tls.as, wish)
  const address = loopback === undefined ? files.place.of(to) : '127.0.0.1'
  // By the name that the run asks for, which is in its hosts file.
  const called = scheme === 'https' ? (host ?? `${to}.etcd.local`) : address
  const endpoint = `${called}:${String(loopback?.client ?? 2379)}`
  return grpcWords({ kind: 'grpc', to, scheme, call, request, ...(tls && { tls }) }, endpoint, client)
}
