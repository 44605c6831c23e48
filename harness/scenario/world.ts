import { authority, certificateOf, keyOf } from '../../fixtures/credential.ts'
import type { AuthoritySpec, CredentialSpec, FileRef } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import type { ZoneSpec } from '../../fixtures/zone.ts'
import { defined } from '../defined.ts'
import type { ProbeSpec } from './probe.ts'

export type Scheme = 'http' | 'https'

/** How flags are written, base options included: `--name=m1`, `-name=m1`, `-name m1`. */
export type Flags = 'two-dashes' | 'one-dash' | 'one-dash-and-words'

/** The ways an option reaches etcd. With `config-file` every option is in the file: etcd ignores the rest. */
export type Way = 'flag' | 'variable' | 'config-file'
export const ways = ['flag', 'variable', 'config-file'] as const satisfies readonly Way[]

/**
 * `member`: one of the cluster that the world starts with. `candidate`: started by `joins()` only. `proxy`: a v2
 * proxy of the members, started after them. `service`: an etcd with the v2 API that stands by itself and is up
 * before the others, for discovery.
 */
export type Role = 'member' | 'candidate' | 'proxy' | 'service'

/** One etcd process, described. Texts of options may name a member's address: `@m1`. */
export interface MemberSpec {
  /** Default `member`. */
  readonly role?: Role
  /** The page's address of this member (`10.138.0.2`); the world's own has the same last octet. */
  readonly at?: string
  /** The name it goes by in the URLs it advertises (`m1.etcd.local`); default its address. */
  readonly host?: string
  /** Listens on 127.0.0.1 at these ports, in one network namespace with the others that do, as the pages print. */
  readonly loopback?: { readonly client: number; readonly peer: number }
  /** Scheme of the client listener and of the advertised client URL; default http. */
  readonly client?: Scheme
  /** Scheme of the advertised client URL where it differs from the listener's. */
  readonly advertises?: Scheme
  /** Scheme of the peer listener; default http. */
  readonly peer?: Scheme
  readonly options: OptionValues
  /** How `options` are given; the base options (name, URLs, timers) go the same way only with config-file. */
  readonly way?: Way
  /** Default `two-dashes`. */
  readonly flags?: Flags
  /** Environment variables given literally, for what has no option of this release. */
  readonly environment?: Readonly<Record<string, string | FileRef>>
  /** Arguments given literally after all others, for what has no option of this release (`--cert-allowed-cn=a`). */
  readonly literal?: readonly (string | FileRef)[]
}

/** Everything a claim needs. Pure data: two equal worlds may be the same processes. */
export interface WorldSpec {
  /** Default: one root, `ca`. */
  readonly authorities: Readonly<Record<string, AuthoritySpec>>
  readonly members: Readonly<Record<string, MemberSpec>>
  /** Acts after the start; each must be served, or every cell of the world is inconclusive. */
  readonly setup: readonly ProbeSpec[]
  /** Acts when the services are up, before any member starts. */
  readonly groundwork?: readonly ProbeSpec[]
  /** Addresses from which raw clients connect: a probe names one with `from`. */
  readonly clients?: Readonly<Record<string, { readonly at: string }>>
  /** The only DNS that members and etcdctl ask; its query log is evidence. Without it the engine's own. */
  readonly dns?: ZoneSpec
  /** Hosts file of every member: name → address, the page's or `@m1`. */
  readonly hosts?: Readonly<Record<string, string>>
  /**
   * `mounted`: files lie in folders of this host, so that a timeline can change them. `linked`: likewise, laid out as
   * Kubernetes lays out a secret: each is a symbolic link into a folder behind the symbolic link `..data`. Default
   * `copied`.
   */
  readonly files?: 'copied' | 'mounted' | 'linked'
}

type Rest = Partial<Omit<WorldSpec, 'members'>>
const restOf = ({ authorities = { ca: {} }, setup = [], ...rest }: Rest): Omit<WorldSpec, 'members'> => ({
  authorities,
  setup,
  ...rest,
})

/** A world of one member, m1, whose name is m1.etcd.local. */
export function etcd(world: MemberSpec & Rest): WorldSpec {
  const { authorities, setup, groundwork, clients, dns, hosts, files, ...m1 } = world
  const rest = { authorities, setup, groundwork, clients, dns, hosts, files }
  return { ...restOf(defined(rest)), members: { m1 } }
}

/** A world of several processes. */
export const cluster = ({ members, ...rest }: Pick<WorldSpec, 'members'> & Rest): WorldSpec => ({
  ...restOf(rest),
  members,
})

type Changes = { readonly [K in keyof OptionValues]?: OptionValues[K] | undefined }

/** The same world with some options changed, of one process or of all; `undefined` takes an option away. */
export function changed(world: WorldSpec, options: Changes, of?: string): WorldSpec {
  const members = Object.fromEntries(
    Object.entries(world.members).map(([name, member]) => [
      name,
      of === undefined || of === name ? { ...member, options: merged(member.options, options) } : member,
    ]),
  )
  return { ...world, members }
}

/** Options with some changed; `undefined` takes one away. */
export const merged = (options: OptionValues, changes: Changes): OptionValues =>
  defined({ ...options, ...changes })

/** Options that give a member its peer pair; the other peers must show one of `trust`. */
export const peerPair = (pair: CredentialSpec, trust: string | readonly string[] = 'ca'): OptionValues => ({
  'peer-cert-file': certificateOf(pair),
  'peer-key-file': keyOf(pair),
  'peer-trusted-ca-file': authority(trust),
  'peer-client-cert-auth': true,
})
