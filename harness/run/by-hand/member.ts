import { isFileRef } from '../../../fixtures/credential.ts'
import type { OptionValues } from '../../../fixtures/options.ts'
import { line } from '../../probe/shell.ts'
import type { MemberSpec, WorldSpec } from '../../scenario/world.ts'
import type { Subject } from '../../subject/subject.ts'
import { etcdArguments } from '../../world/arguments.ts'
import { place } from '../../world/placement.ts'
import { resolved } from '../../world/resolved.ts'
import { baseOptions, peerUrlOf } from '../../world/roles.ts'
import { heredoc, type HandFiles } from './files.ts'
import { containerOf, loopback, type HandPlace } from './hand-place.ts'

/** How a member is run: beside the shell, or in it until it ends. */
export type Manner = 'waited for' | 'to its end'

/** A process to start again. */
export interface HandMember {
  readonly name: string
  readonly world: WorldSpec
  /** Where it is not as in the world. */
  readonly spec?: MemberSpec
  /** Members that it joins. */
  readonly existing?: readonly string[]
}

/**
 * Commands that start a process again. Alone it listens at every address of its container and is published on the
 * loopback address; of several each has the page's address, in a network of their own. It is called `m1.etcd.local`
 * in its own container. Not removed at its end: its log says why it ended.
 */
export function memberLines(
  member: HandMember,
  subject: Subject,
  files: HandFiles,
  manner: Manner,
): string[] {
  const { name, world } = member
  const { argv, variables, configFile, ...parts } = partsOf(member, files)
  const copies = parts.files.map(({ from, base }) => line(['cp', from, `${name}/${base}`]))
  return [
    line(['mkdir', '-p', name]),
    ...copies,
    ...(configFile === undefined ? [] : heredoc(`${name}/etcd.yaml`, configFile)),
    `docker run ${manner === 'waited for' ? '-d ' : ''}${line([
      ...['--name', containerOf(name), '--user', '0:0', ...networkWords(member, files.place)],
      ...['--tmpfs', '/var/lib/etcd-tls'],
    ])} -v "$PWD/${name}:/etc/etcd-tls:ro"${world.dns === undefined ? '' : resolver} \\`,
    ...(variables.length > 0
      ? [`  ${line(variables.flatMap(([key, value]) => ['-e', `${key}=${value}`]))} \\`]
      : []),
    `  ${line(['--entrypoint', subject.commands.etcd, subject.reference])} \\`,
    `  ${line(argv)}${manner === 'to its end' ? '; echo "exit $?"' : ''}`,
  ]
}

/** What a process is started with. */
export interface HandParts {
  /** Without the command. */
  readonly argv: readonly string[]
  readonly variables: readonly (readonly [string, string])[]
  /** Text of its config file. */
  readonly configFile?: string
  /** `from`: the file as it was made; `base`: its name beside the others; `path`: where the process looks for it. */
  readonly files: readonly { readonly from: string; readonly base: string; readonly path: string }[]
}

/** The arguments, variables and files of a process; makes the files that it needs. */
export function partsOf(member: HandMember, files: HandFiles): HandParts {
  const { name, world } = member
  const spec = resolved(member.spec ?? world.members[name] ?? { options: {} }, files.resolve)
  const placement = place(spec)
  const { argv, environment, configFile } = etcdArguments({
    options: spec.options,
    ...(spec.way === undefined ? {} : { way: spec.way }),
    ...(spec.flags === undefined ? {} : { flags: spec.flags }),
    pathOf: (ref) => placement.path(ref),
    base: baseOf(member, spec, files.place),
  })
  const placed = (one: Parameters<typeof placement.path>[0] | string): string =>
    isFileRef(one) ? placement.path(one) : one
  const literal = Object.entries(spec.environment ?? {}).map(([key, value]) => [key, placed(value)] as const)
  const variables = [...Object.entries(environment), ...literal]
  return {
    argv: [...argv, ...(spec.literal ?? []).map(placed)],
    variables,
    ...(configFile === undefined ? {} : { configFile }),
    files: [...placement.files].map(([path, ref]) => {
      const base = path.slice(path.lastIndexOf('/') + 1)
      return { from: files.file(ref, roleOf(base)), base, path }
    }),
  }
}

const resolver = ' -v "$PWD/resolv.conf:/etc/resolv.conf:ro"'

/** At most ten seconds, or until it ended: a member that does not serve has said why in its log. */
export const waiting = (name: string): string =>
  `for i in $(seq 50); do docker logs ${containerOf(name)} 2>&1 | grep -q -e 'ready to serve client requests' -e 'v2 proxy started' && break; docker ps -q --filter name=^${containerOf(name)}$ | grep -q . || break; sleep 0.2; done`

/** Peer URL under which a member is announced. */
export const peerUrlByHand = (name: string, world: WorldSpec, { network, of }: HandPlace): string =>
  network === undefined
    ? `${world.members[name]?.peer ?? 'http'}://${loopback}:2380`
    : peerUrlOf(name, world, of)

/** Where its container is, and which names it knows. */
function networkWords({ name, world }: HandMember, { network, of, resolve }: HandPlace): string[] {
  if (network === undefined)
    return [
      ...['--add-host', `${name}.etcd.local:${loopback}`],
      ...['-p', `${loopback}:2379:2379`, '-p', `${loopback}:2380:2380`],
    ]
  const [holder] = Object.keys(world.members).filter((one) => world.members[one]?.loopback !== undefined)
  const local = world.members[name]?.loopback !== undefined
  if (local && holder !== undefined && holder !== name)
    return ['--network', `container:${containerOf(holder)}`]
  return [...['--network', network.name, '--ip', of(name)], ...hostWords(name, world, { of, resolve })]
}

/** The hosts file of a container that a process of the world has for itself. */
export function hostWords(
  name: string,
  { members, hosts }: WorldSpec,
  { of, resolve }: Pick<HandPlace, 'of' | 'resolve'>,
): string[] {
  const own = members[name]?.loopback === undefined ? of(name) : loopback
  return Object.entries({ [`${name}.etcd.local`]: own, ...hosts }).flatMap(([host, address]) => [
    '--add-host',
    `${host}:${resolve(address)}`,
  ])
}

function baseOf(
  { name, world, existing }: HandMember,
  spec: MemberSpec,
  { network, of }: HandPlace,
): OptionValues {
  if (network !== undefined)
    return baseOptions(name, { world, of, token: 'by-hand', ...(existing && { existing }) })
  const scheme = spec.client ?? 'http'
  const peer = spec.peer ?? 'http'
  return {
    name,
    'data-dir': '/var/lib/etcd-tls/data',
    'listen-client-urls': `${scheme}://0.0.0.0:2379`,
    'advertise-client-urls': `${spec.advertises ?? scheme}://${loopback}:2379`,
    'listen-peer-urls': `${peer}://0.0.0.0:2380`,
    'initial-advertise-peer-urls': `${peer}://${loopback}:2380`,
    'initial-cluster': `${name}=${peer}://${loopback}:2380`,
  }
}

/** `cert-file.pem` is the server's, `peer-cert-file.pem` the peer's. */
function roleOf(base: string): string {
  const role = base
    .toLowerCase()
    .replace(/^etcd_/, '')
    .replaceAll('_', '-')
    .replace(/-?(cert|key)-file\.pem$/, '')
  return role === '' || role === base ? 'server' : role === 'client' ? 'outgoing' : role
}
