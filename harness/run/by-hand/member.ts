import { isFileRef } from '../../../fixtures/credential.ts'
import type { OptionValues } from '../../../fixtures/options.ts'
import { line } from '../../probe/shell.ts'
import type { MemberSpec } from '../../scenario/world.ts'
import type { Subject } from '../../subject/subject.ts'
import { etcdArguments } from '../../world/arguments.ts'
import { place } from '../../world/placement.ts'
import { heredoc, loopback, type HandFiles } from './files.ts'

/** How a member is run: beside the shell, or in it until it ends. */
export type Manner = 'waited for' | 'to its end'

/**
 * Commands that start a member again. It listens at every address of its container, is published on the loopback
 * address, and is called `m1.etcd.local` in its own network. Not removed at its end: its log says why it ended.
 */
export function memberLines(
  name: string,
  spec: MemberSpec,
  subject: Subject,
  files: HandFiles,
  manner: Manner,
): string[] {
  const placement = place(spec)
  const { argv, environment, configFile } = etcdArguments({
    options: spec.options,
    ...(spec.way === undefined ? {} : { way: spec.way }),
    pathOf: (ref) => placement.path(ref),
    base: baseOptions(name, spec),
  })
  const literal = Object.entries(spec.environment ?? {}).map(
    ([key, value]) => [key, isFileRef(value) ? placement.path(value) : value] as const,
  )
  const variables = [...Object.entries(environment), ...literal]
  const copies = [...placement.files].map(([path, ref]) => {
    const base = path.slice(path.lastIndexOf('/') + 1)
    return line(['cp', files.file(ref, roleOf(base)), `${name}/${base}`])
  })
  return [
    line(['mkdir', '-p', name]),
    ...copies,
    ...(configFile === undefined ? [] : heredoc(`${name}/etcd.yaml`, configFile)),
    `docker run ${manner === 'waited for' ? '-d ' : ''}${line([
      ...['--name', name, '--user', '0:0', '--add-host', `${name}.etcd.local:${loopback}`],
      ...['-p', `${loopback}:2379:2379`, '-p', `${loopback}:2380:2380`, '--tmpfs', '/var/lib/etcd-tls'],
    ])} -v "$PWD/${name}:/etc/etcd-tls:ro" \\`,
    ...(variables.length > 0
      ? [`  ${line(variables.flatMap(([key, value]) => ['-e', `${key}=${value}`]))} \\`]
      : []),
    `  ${line(['--entrypoint', subject.commands.etcd, subject.reference])} \\`,
    `  ${line(argv)}${manner === 'to its end' ? '; echo "exit $?"' : ''}`,
    ...(manner === 'waited for' ? [waiting(name)] : []),
  ]
}

/** At most ten seconds: a member that does not serve has said why in its log. */
const waiting = (name: string): string =>
  `for i in $(seq 50); do docker logs ${name} 2>&1 | grep -q 'ready to serve client requests' && break; sleep 0.2; done`

/** Peer URL under which a member is announced. */
export const peerUrlByHand = (_name: string, spec: MemberSpec): string =>
  `${spec.peer ?? 'http'}://${loopback}:2380`

function baseOptions(name: string, spec: MemberSpec): OptionValues {
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
