import { isIPv4 } from 'node:net'
import { optionNames } from '../../../fixtures/options.ts'
import { nearestTo } from '../../nearest.ts'
import { ways } from '../../scenario/world.ts'
import { part } from './loose.ts'

/** A user's file may hold anything. */
const text = (value: unknown): string => String(value)
const roles = ['member', 'candidate', 'proxy', 'service']

/** What is wrong with a world, in words, or undefined. `called` is its name in the cell: given, without, unlike. */
export function wrongWorld(world: unknown, called: string): string | undefined {
  const members = part(world, 'members')
  if (typeof members !== 'object' || members === null)
    return `\`${called}\` is no world; write etcd({ options })`
  for (const [name, member] of Object.entries(members)) {
    const wrong = wrongName(name) ?? wrongMember(member)
    if (wrong !== undefined) return `\`${called}\`, member ${name}: ${wrong}`
  }
  const wrong = wrongTogether(members) ?? wrongAddresses(world, members) ?? wrongActs(world)
  return wrong === undefined ? undefined : `\`${called}\`: ${wrong}`
}

/** What is wrong with where a probe comes from, in words, or undefined. */
export function wrongFrom(probe: unknown, world: unknown): string | undefined {
  const from = part(probe, 'from')
  if (from === undefined || part(part(world, 'clients'), text(from)) !== undefined) return undefined
  return `a probe comes from ${text(from)}, which is no client of the world; name it in \`clients\``
}

function wrongMember(member: unknown): string | undefined {
  const [options, way, role] = [part(member, 'options'), part(member, 'way'), part(member, 'role')]
  if (typeof options !== 'object' || options === null) return 'it has no `options`; write etcd({ options })'
  const strange = Object.keys(options).find((name) => !(optionNames as readonly string[]).includes(name))
  if (strange !== undefined)
    return `fixtures/option-table.ts has no option "${strange}"${nearestTo(strange, optionNames)}`
  if (way !== undefined && !(ways as readonly unknown[]).includes(way))
    return `${JSON.stringify(way)} is no way to give options; write ${ways.join(', ')}`
  if (role !== undefined && !roles.includes(text(role)))
    return `${JSON.stringify(role)} is no role; write ${roles.join(', ')}`
  return wrongLoopback(part(member, 'loopback')) ?? wrongAt(part(member, 'at'))
}

/** `@m1` must be able to say it. */
const wrongName = (name: string): string | undefined =>
  /^\w+$/.test(name) ? undefined : 'a name has letters, digits and _ only, so that texts can say @name'

function wrongLoopback(loopback: unknown): string | undefined {
  if (loopback === undefined) return undefined
  const ports = [part(loopback, 'client'), part(loopback, 'peer')]
  return ports.every((port) => Number.isInteger(port))
    ? undefined
    : '`loopback` needs its ports; write { client: 2379, peer: 2380 }'
}

const wrongAt = (at: unknown): string | undefined =>
  at === undefined || at === '::1' || isIPv4(text(at))
    ? undefined
    : `\`at\` is ${JSON.stringify(at)}, which is no IPv4 address`

/** Who joins, or stands before others, needs them. */
function wrongTogether(members: object): string | undefined {
  const entries = Object.entries(members) as [string, unknown][]
  const of = (role: string) => entries.find(([, member]) => (part(member, 'role') ?? 'member') === role)?.[0]
  const needy = of('candidate') ?? of('proxy')
  return needy === undefined || of('member') !== undefined
    ? undefined
    : `${needy} needs a cluster, and the world has no member`
}

/** In a world the last octet alone tells addresses apart, and .53 is the DNS's. */
function wrongAddresses(world: unknown, members: object): string | undefined {
  const given = part(world, 'clients')
  const clients: object = typeof given === 'object' && given !== null ? given : {}
  const both = Object.keys(clients).find((name) => name in members)
  if (both !== undefined) return `${both} is a member and a client; rename one`
  const octets = new Map<string, string>([['53', "the world's DNS"]])
  for (const [name, one] of Object.entries<unknown>({ ...members, ...clients })) {
    const at = part(one, 'at')
    const wrong = wrongName(name) ?? (name in clients && at === undefined ? 'it has no `at`' : wrongAt(at))
    if (wrong !== undefined) return `client ${name}: ${wrong}`
    const octet = isIPv4(String(at)) ? String(at).split('.')[3] : undefined
    const other = octet === undefined ? undefined : octets.get(octet)
    if (other !== undefined) return `${name} has the last octet of ${other}; a world needs them to differ`
    if (octet !== undefined) octets.set(octet, name)
  }
  return undefined
}

/** Acts of the preparation ask processes that are up by then. */
function wrongActs(world: unknown): string | undefined {
  const acts = (name: string) =>
    ((part(world, name) ?? []) as unknown[]).map((probe) => [name, probe] as const)
  for (const [name, probe] of [...acts('groundwork'), ...acts('setup')]) {
    const to = String(part(probe, 'to'))
    const role = part(part(part(world, 'members'), to), 'role') ?? 'member'
    if (part(part(world, 'members'), to) === undefined)
      return `${name} asks ${to}, which the world does not have`
    if (role === 'candidate') return `${name} asks ${to}, which is started by a join only`
    if (name === 'groundwork' && role !== 'service')
      return `groundwork asks ${to}, which is no service and not up yet`
    const wrong = wrongFrom(probe, world)
    if (wrong !== undefined) return `${name}: ${wrong}`
  }
  return undefined
}
