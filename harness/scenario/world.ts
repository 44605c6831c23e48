import type { AuthoritySpec, FileRef } from '../../fixtures/credential.ts'
import type { OptionValues } from '../../fixtures/options.ts'
import type { ProbeSpec } from './probe.ts'

export type Scheme = 'http' | 'https'

/** The ways an option reaches etcd. With `config-file` every option is in the file: etcd ignores the rest. */
export type Way = 'flag' | 'variable' | 'config-file'
export const ways = ['flag', 'variable', 'config-file'] as const satisfies readonly Way[]

/** One etcd process, described. */
export interface MemberSpec {
  /** The page's address of this member; the world's own address is mapped back to it. Default 127.0.0.1. */
  readonly at?: string
  /** Scheme of the client listener and of the advertised client URL; default http. */
  readonly client?: Scheme
  /** Scheme of the advertised client URL where it differs from the listener's. */
  readonly advertises?: Scheme
  /** Scheme of the peer listener; default http. */
  readonly peer?: Scheme
  readonly options: OptionValues
  /** How `options` are given; the base options (name, URLs, timers) go the same way only with config-file. */
  readonly way?: Way
  /** Environment variables given literally, for what has no option of this release. */
  readonly environment?: Readonly<Record<string, string | FileRef>>
}

/** Everything a claim needs. Pure data: two equal worlds may be the same processes. */
export interface WorldSpec {
  /** Default: one root, `ca`. */
  readonly authorities: Readonly<Record<string, AuthoritySpec>>
  readonly members: Readonly<Record<string, MemberSpec>>
  /** Acts after the start; each must be served, or every cell of the world is inconclusive. */
  readonly setup: readonly ProbeSpec[]
}

/** A world of one member, m1, whose name is m1.etcd.local. */
export function etcd(member: MemberSpec & Partial<Pick<WorldSpec, 'authorities' | 'setup'>>): WorldSpec {
  const { authorities, setup, ...m1 } = member
  return { authorities: authorities ?? { ca: {} }, members: { m1 }, setup: setup ?? [] }
}

/** The same world with some options changed; `undefined` takes an option away. */
export function changed(
  world: WorldSpec,
  options: { [K in keyof OptionValues]?: OptionValues[K] | undefined },
): WorldSpec {
  const members = Object.fromEntries(
    Object.entries(world.members).map(([name, member]) => [
      name,
      { ...member, options: withoutUndefined({ ...member.options, ...options }) },
    ]),
  )
  return { ...world, members }
}

function withoutUndefined(options: object): OptionValues {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}
