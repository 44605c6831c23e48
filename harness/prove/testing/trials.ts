import { refusalFingerprint } from '../../../fixtures/refusals.ts'
import { revocationList } from '../../../fixtures/pki/revocation-list.ts'
import { shaped, type Shape, type Shaped } from '../../../fixtures/pki/shaped.ts'
import { readCertificate, type Certificate } from '../../explain/certificate.ts'
import { explain } from '../../explain/explain.ts'
import type { Check, Judgement } from '../../explain/explanation.ts'
import { resolverOf } from '../../explain/resolver.ts'
import { readRevoked } from '../../explain/revoked.ts'
import type { Subject } from '../../subject/subject.ts'
import { AddressBook } from '../../world/address-book.ts'
import { World, type Ground } from '../../world/world.ts'
import { benchWorld, callerAt, type Pair } from '../bench.ts'
import { connectTo, type Met } from '../connect.ts'
import { authorities, type Authorities, type Way } from './authorities.ts'
import { eachOddity, oddLeaf, revokedSerial } from './leaves.ts'
import { recordsOf, type OptionSet } from './option-sets.ts'
import { random, type Random } from './random.ts'

/** What was said of one certificate, and what etcd did. */
export interface Trial {
  readonly set: string
  readonly way: string
  readonly shape: Shape
  readonly said: Judgement
  readonly met: Met
  /** undefined: both agree. */
  readonly differs?: string
}

export interface Trying {
  readonly subject: Subject
  readonly ground: Ground
  readonly seed: number
  readonly count: number | 'each'
}

/** Tries generated certificates on one etcd, one after the other. Errors: HarnessError. */
export async function trials(set: OptionSet, { subject, ground, seed, count }: Trying): Promise<Trial[]> {
  const now = new Date()
  // Each set has certificates of its own.
  const by = random(seed + [...set.name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0))
  const all = authorities(now)
  const { prefix } = new AddressBook(ground.network, 0).blocks.lend()
  const place = (address: string): string => address.replace(/^10\.138\.0/, prefix)
  const server = serverOf(set, all, now)
  const list = set.revoked === true ? revocationList(trustedRoot(all), [revokedSerial], now).pem : undefined
  const ca = all.trusted.map(({ pem }) => pem).join('')
  const bench = {
    listener: set.listener,
    build: subject,
    options: set.options,
    ca,
    server,
    revoked: list,
    zone: set.zone,
  }
  await using world = await World.start(subject, benchWorld(bench), ground)
  const ready = world.startOf('m1').process?.ready === true
  const found: Trial[] = []
  for (const { way, shape } of casesOf(all, place(callerAt), by, count)) {
    const { leaf, sent } = minted(shape, all.ways[way], now)
    const said = saidOf(set, { subject, leaf, sent, all, place, list, server })
    const pair = { cert: [leaf, ...sent].map(({ pem }) => pem).join(''), key: keyOf(leaf) }
    const met = ready ? await connectTo(world, { listener: set.listener, pair, tls: set.tls }) : notServing
    const differs = difference(said, met, set, subject)
    found.push({ set: set.name, way, shape, said, met, ...(differs === undefined ? {} : { differs }) })
  }
  return found
}

interface Case {
  readonly way: string
  readonly shape: Shape
}

/** `each`: every way to sign a good leaf, and every oddity of a leaf alone; else as many as asked, mixed by chance. */
function casesOf({ ways }: Authorities, address: string, by: Random, count: Trying['count']): Case[] {
  if (count === 'each') {
    const [good = {}] = eachOddity(address)
    return [
      ...Object.keys(ways).map((way) => ({ way, shape: good })),
      ...eachOddity(address).map((shape) => ({ way: 'direct', shape })),
      ...constrained(address).map((shape) => ({ way: 'strict', shape })),
    ]
  }
  return Array.from({ length: count }, () => {
    // Most are well signed, so that what comes after the chain is met, too.
    const way = by.pick([by.pick(goodWays), by.pick(goodWays), by.pick(Object.keys(ways))])
    return { way, shape: oddLeaf(by, address) }
  })
}

/** Those with names, for an authority that constrains them. */
const constrained = (address: string): Shape[] =>
  eachOddity(address).filter(({ names = [] }) => names.length > 0)

const goodWays = ['direct', 'direct', 'middle', 'rsa', 'two in order']
const notServing: Met = { accepted: false, ended: 'etcd does not serve' }
const keyOf = ({ key }: Shaped): string => key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

function trustedRoot({ trusted }: Authorities): Shaped {
  const [root] = trusted
  if (root === undefined) throw new Error('no authority')
  return root
}

function serverOf(
  { key = 'p-256' }: OptionSet,
  all: Authorities,
  now: Date,
): Pair & { readonly der: Buffer } {
  const shape: Shape = {
    cn: ['m1'],
    key,
    usages: ['serverAuth', 'clientAuth'],
    names: [{ kind: 'dns', value: 'm1.etcd.local' }],
  }
  const made = shaped(shape, now, trustedRoot(all))
  return { cert: made.pem, key: keyOf(made), der: made.der }
}

/** A way without an issuer is a leaf that signed itself. */
function minted(shape: Shape, way: Way | undefined, now: Date): { leaf: Shaped; sent: readonly Shaped[] } {
  const leaf = shaped(shape, now, way?.issuer)
  return { leaf, sent: way?.sent ?? [] }
}

interface Saying {
  readonly subject: Subject
  readonly leaf: Shaped
  readonly sent: readonly Shaped[]
  readonly all: Authorities
  readonly place: (address: string) => string
  readonly list: string | undefined
  readonly server: { readonly der: Buffer }
}

function saidOf(set: OptionSet, { subject, leaf, sent, all, place, list, server }: Saying): Judgement {
  const read = ({ der }: { readonly der: Buffer }): Certificate => readCertificate(der)
  const { judgements } = explain({
    build: { etcd: subject.etcd, go: subject.go },
    now: new Date(),
    cert: [leaf, ...sent].map(read),
    ca: all.trusted.map(read),
    server: [read(server)],
    options: set.said ?? set.options,
    ...(set.tls && { tls: set.tls }),
    ...(set.listener === 'peer' && { peer: { from: place(callerAt) } }),
    ...(set.zone && { resolver: resolverOf(recordsOf(set.zone, place)) }),
    ...(list !== undefined && { revoked: readRevoked('revoked.pem', Buffer.from(list)) }),
  })
  const [said] = judgements
  if (said === undefined) throw new Error('explain said nothing')
  return said
}

/** The verdicts must be equal, and where the tables have the reason of a refusal, etcd's own words must be those. */
function difference(
  said: Judgement,
  met: Met,
  { listener, tls }: OptionSet,
  { etcd, go }: Subject,
): string | undefined {
  const seen = met.accepted ? 'accepted' : 'refused'
  if (said.verdict !== seen) return `said ${said.verdict}, seen ${seen}`
  const deciding: Check | undefined = said.checks.find(({ decides }) => decides === true)
  if (deciding?.reason === undefined) return undefined
  const { log } = refusalFingerprint(deciding.reason, { etcd, go, listener, tls: tls ?? '1.3' })
  if ('silent' in log) return undefined
  return log.text.test(met.logged ?? '')
    ? undefined
    : `refused for ${deciding.reason}, but etcd says ${met.logged ?? 'nothing'}`
}

/** Everything about a disagreement, for whoever reads the failed test. */
export const told = ({ set, way, shape, said, met, differs }: Trial): string =>
  [
    `${differs ?? 'agrees'} (${set}, signed by ${way})`,
    `  ${JSON.stringify(shape)}`,
    ...said.checks.map(({ id, mark, why }) => `  ${mark} ${id}: ${why}`),
    `  met: ${met.ended}${met.logged === undefined ? '' : `; logged: ${met.logged}`}`,
  ].join('\n')
