import { isIP, isIPv4 } from 'node:net'
import type { ZoneSpec } from '../../fixtures/zone.ts'
import { HarnessError } from '../errors.ts'
import type { Explanation, Verdict } from '../explain/explanation.ts'
import { together } from '../explain/explanation.ts'
import type { Question } from '../explain/question.ts'
import type { DnsRecord } from '../explain/resolver.ts'
import type { Subject } from '../subject/subject.ts'
import { AddressBook } from '../world/address-book.ts'
import { World, type Ground } from '../world/world.ts'
import { benchWorld, callerAt, memberAt } from './bench.ts'
import { connectTo, type Met } from './connect.ts'
import { callEtcdctl } from './etcdctl.ts'
import { mirrored } from './mirrored.ts'

/** One thing that was tried on a real etcd, beside what was said of it. */
export interface Shown {
  readonly tried: string
  readonly said: Verdict
  readonly seen: 'accepted' | 'refused'
  /** undefined: nothing was said that it could agree with. */
  readonly agrees?: boolean
  readonly evidence: readonly string[]
}
export interface Proof {
  /** What the build resolved to. */
  readonly subject: string
  readonly shown: readonly Shown[]
  /** What could not be tried here, and why. */
  readonly left: readonly string[]
}

export interface Proving {
  readonly question: Question
  readonly explanation: Explanation
  readonly records: readonly DnsRecord[]
  readonly revoked?: string | undefined
  readonly subject: Subject
  readonly ground: Ground
}

/** What cannot be made here, in words; to be asked before anything is started. Errors: HarnessError `not-provable`. */
export function demandProvable({ peer, revoked }: Question, { judgements }: Explanation): void {
  const why =
    peer !== undefined && !isIPv4(peer.from)
      ? `containers have IPv4 addresses here, and ${peer.from} is none`
      : revoked?.form === 'DER'
        ? `a list of revoked certificates in DER (${revoked.file}) cannot be handed to a container here`
        : judgements[0]?.checks.some(({ id, mark }) => id === 'start' && mark === 'open') === true
          ? 'what etcd is started with is not known here'
          : undefined
  if (why !== undefined) throw new HarnessError('not-provable', `--prove: ${why}.`)
}

/** Shows on a real etcd what was said. Errors: HarnessError; `not-provable` for what cannot be made here. */
export async function prove(proving: Proving): Promise<Proof> {
  const { question, explanation, subject, ground } = proving
  const { peer, to } = question
  const listener = peer === undefined ? 'client' : 'peer'
  // The first block is the one that the world will get.
  const { prefix } = new AddressBook(ground.network, 0).blocks.lend()
  const place = (at: string): string => at.replace(/^10\.138\.0/, prefix)
  const addresses = new Map([
    ...(peer === undefined ? [] : [[peer.from, place(callerAt)] as const]),
    ...(to !== undefined && isIPv4(to) ? [[to, place(memberAt)] as const] : []),
  ])
  const files = mirrored(question, addresses)
  const spec = benchWorld({
    ...{ listener, build: question.build, options: question.options },
    ...{ ca: files.ca, server: files.server, revoked: proving.revoked, zone: zoneOf(proving, addresses) },
  })
  await using world = await World.start(subject, spec, ground)
  const back = (text: string): string =>
    [...addresses].reduce((sofar, [own, real]) => sofar.replaceAll(real, own), text)
  const started = startedAs(world, explanation)
  if (started !== undefined) return { subject: subject.name, shown: [started], left: [] }
  const shown = await tried(world, proving, files, { addresses, back })
  return { subject: subject.name, ...shown }
}

interface Places {
  /** Addresses of the question → those of the containers. */
  readonly addresses: ReadonlyMap<string, string>
  /** A text with the addresses of the question. */
  back(text: string): string
}

/** Where etcd does not serve there is nothing to connect to. */
function startedAs(world: World, { judgements }: Explanation): Shown | undefined {
  const { process } = world.startOf('m1')
  const fails = judgements[0]?.checks.find(({ id }) => id === 'start')?.mark === 'bad'
  if (process?.ready === true && !fails) return undefined
  const seen = process?.ready === true ? 'accepted' : 'refused'
  const said = fails ? 'refused' : 'accepted'
  const { lines } = world.member('m1').log
  // Flags are refused before there is a logger, in a line of their own above all that could be said.
  const last =
    lines.find(({ raw }) =>
      /provided but not defined|invalid boolean|needs an argument|not a valid flag/.test(raw),
    ) ??
    lines.findLast(
      ({ level, message }) => (level === undefined || level === 'fatal') && message.trim() !== '',
    )
  return {
    tried: 'etcd is started with these options and files',
    said,
    seen,
    agrees: said === seen,
    evidence: [
      process?.ready === true ? 'it serves' : `it ended with status ${String(process?.exit ?? 'none')}`,
      ...(last === undefined ? [] : [last.error ?? last.message]),
    ],
  }
}

async function tried(
  world: World,
  { question, explanation }: Proving,
  files: ReturnType<typeof mirrored>,
  { addresses, back }: Places,
): Promise<Pick<Proof, 'shown' | 'left'>> {
  const { peer, to } = question
  const listener = peer === undefined ? 'client' : 'peer'
  const verdictOf = (id: string): Verdict | undefined =>
    explanation.judgements.find((one) => one.id === id)?.verdict
  const raw = await connectTo(world, { listener, pair: files.cert, tls: question.tls })
  const own = explanation.judgements[0]
  const shown = [
    entry(
      'a client that does not look at etcd’s certificate sends a request',
      own?.verdict ?? 'cannot tell',
      raw,
      back,
    ),
  ]
  const left: string[] = []
  const client = verdictOf('client')
  const ca = files.clientCa ?? files.ca
  if (listener === 'client' && client !== undefined && to !== undefined && ca !== undefined) {
    const met = await callEtcdctl(world, { host: addresses.get(to) ?? to, pair: files.cert, ca })
    const both = together([own?.verdict ?? 'cannot tell', client])
    if (met === undefined) left.push('this build comes without etcdctl, so nobody verified its certificate')
    else shown.push(entry(`etcdctl, which looks at it, dials ${to}`, both, met, back))
  } else if (client !== undefined)
    left.push('what the client makes of etcd: give --to and --ca to have it tried with etcdctl')
  if (listener === 'peer')
    left.push('the member dials nobody here: only what the listener makes of the newcomer was tried')
  return { shown, left }
}

function entry(what: string, said: Verdict, { accepted, ended, logged }: Met, back: Places['back']): Shown {
  const seen = accepted ? 'accepted' : 'refused'
  return {
    tried: what,
    said,
    seen,
    ...(said === 'cannot tell' ? {} : { agrees: said === seen }),
    evidence: [ended, ...(logged === undefined ? [] : [`etcd logged: ${back(logged)}`])],
  }
}

/** The DNS of the proof: what was said of it, and the name that is dialled. */
function zoneOf(
  { question, records }: Proving,
  addresses: ReadonlyMap<string, string>,
): ZoneSpec | undefined {
  const { to } = question
  const named = to !== undefined && isIP(to) === 0
  if (records.length === 0 && !named) return question.resolver === undefined ? undefined : {}
  const moved = (address: string): string => addresses.get(address) ?? address
  const forward: Record<string, string[]> = named ? { [to]: [memberAt] } : {}
  const reverse: Record<string, string[]> = {}
  for (const { direction, name, address } of records) {
    const plain = name.replace(/\.$/, '')
    if (direction === 'forward' && address !== '') (forward[plain] ??= []).push(moved(address))
    if (direction === 'reverse' && name !== '') (reverse[moved(address)] ??= []).push(plain)
  }
  return { forward, reverse }
}
