import { command as coredns, keptTag, officialImages } from '../../../docker/dns/recipe.ts'
import { line } from '../../probe/shell.ts'
import type { Role, WorldSpec } from '../../scenario/world.ts'
import { repository } from '../../subject/kept-image.ts'
import type { Subject } from '../../subject/subject.ts'
import { corefilePath, zoneFiles, zoneTexts } from '../../world/dns-zone.ts'
import { ofRole } from '../../world/roles.ts'
import { heredoc, type HandFiles } from './files.ts'
import { containerOf, type HandPlace } from './hand-place.ts'
import { memberLines, waiting, type Manner } from './member.ts'
import { probeLines } from './probe.ts'

/** The order in which a world starts. */
const order: readonly Role[] = ['service', 'member', 'proxy']

/** The processes of a world, those of a role together; what is done between them; its DNS first. */
export function worldLines(
  title: string,
  world: WorldSpec,
  subject: Subject,
  files: HandFiles,
  manner: Manner = 'waited for',
): string[] {
  const started = order.flatMap((role) => {
    const names = ofRole(world, role)
    const groundwork = role === 'service' ? (world.groundwork ?? []) : []
    return [
      ...names.flatMap((name) => memberLines({ name, world }, subject, files, manner)),
      ...(manner === 'waited for' ? names.map(waiting) : []),
      ...groundwork.flatMap((spec) => probeLines(spec, { subject, files, wish: 'setup-client' })),
    ]
  })
  return [`# ${title}`, ...dnsLines(world, files.place), ...started]
}

const container = 'dns'

/** CoreDNS with the zone; the query log is its log. */
function dnsLines({ dns }: WorldSpec, { network, dns: address, resolve }: HandPlace): string[] {
  if (dns === undefined || network === undefined) return []
  const files = Object.entries(zoneFiles(zoneTexts(dns, resolve)))
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
  const mounts = files.map(([path]) => `-v "$PWD/${container}/${base(path)}:${path}:ro"`)
  return [
    line(['mkdir', '-p', container]),
    ...files.flatMap(([path, text]) => heredoc(`${container}/${base(path)}`, text)),
    `echo 'nameserver ${address}' > resolv.conf`,
    // The run's own build where the engine still has it, as it has the subject.
    `COREDNS=$(docker images -q ${repository}:${keptTag})`,
    `docker run -d ${line(['--name', container, '--network', network.name, '--ip', address])} ${mounts.join(' ')} \\`,
    `  ${line(['--entrypoint', coredns])} "\${COREDNS:-${officialImages[0] ?? ''}}" ${line(['-conf', corefilePath])}`,
  ]
}

/** Everything that was started for a world goes. */
export function removalLines(world: WorldSpec): string[] {
  const names = [...order.flatMap((role) => ofRole(world, role)), ...Object.keys(world.clients ?? {})]
  return [
    line(['docker', 'rm', '-f', ...names.map(containerOf), ...(world.dns === undefined ? [] : [container])]),
  ]
}

export const networkLines = ({ network }: HandPlace): string[] =>
  network === undefined
    ? []
    : [line(['docker', 'network', 'create', '--subnet', network.subnet, network.name])]

export const networkRemoval = ({ network }: HandPlace): string[] =>
  network === undefined ? [] : [line(['docker', 'network', 'rm', network.name])]
