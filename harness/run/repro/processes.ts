import { command as coredns, keptTag, officialImages } from '../../../docker/dns/recipe.ts'
import { line, word } from '../../probe/shell.ts'
import type { Role, WorldSpec } from '../../scenario/world.ts'
import { v2Release } from '../../tool/v2-service.ts'
import { repository } from '../../subject/kept-image.ts'
import { zoneTexts } from '../../world/dns-zone.ts'
import { servesV2 } from '../../../fixtures/options.ts'
import { releaseImages } from '../../../fixtures/releases.ts'
import { ofRole, roleOf } from '../../world/roles.ts'
import { linkedLines } from '../by-hand/timeline.ts'
import { hostWords, partsOf, type HandMember } from '../by-hand/member.ts'
import type { Stage } from './plan.ts'

/** The order in which a world starts. */
const order: readonly Role[] = ['service', 'member', 'proxy']

/** Folder of a world's files: the one that is given, or the one without the guard or with the one thing put right. */
export type WorldName = 'given' | 'other'

/** A process as both run.sh and compose.yaml start it. */
export interface Process {
  readonly name: string
  /** What lies in it is seen as /etc/etcd-tls. */
  readonly folder: string
  /** Its address, or whose network namespace it shares. */
  readonly at:
    | { readonly address: string; readonly hosts: readonly string[]; readonly ipv6: boolean }
    | { readonly within: string }
  /** Its data lies in memory; what is restarted needs it again. */
  readonly inMemory: boolean
  /** Single files that it looks for elsewhere. */
  readonly mounts: readonly string[]
  readonly variables: readonly (readonly [string, string])[]
  readonly argv: readonly string[]
  /** A build of etcd that has the v2 API, where the one under test has it no more. */
  readonly asService: boolean
}

/** A process of a world; what lies in its folder is laid out by certificates.sh. */
export function processOf(member: HandMember, folder: string, { files, script, subject }: Stage): Process {
  const { name, world } = member
  const { argv, variables, configFile, files: placed } = partsOf(member, files)
  files.lines.push(
    line(['mkdir', '-p', folder]),
    ...placed.map(({ from, base }) => line(['cp', from, `${folder}/${base}`])),
  )
  if (configFile !== undefined) script.files[`${folder}/etcd.yaml`] = configFile
  if (world.files === 'linked') files.lines.push(...linkedLines(folder))
  const elsewhere = placed.filter(({ path }) => !path.startsWith('/etc/etcd-tls/'))
  return {
    name,
    folder,
    at: whereOf(name, world, files.place),
    inMemory: world.files === undefined || world.files === 'copied',
    mounts: [
      ...elsewhere.map(({ base, path }) => `${folder}/${base}:${path}:ro,z`),
      ...(world.dns === undefined ? [] : ['resolv.conf:/etc/resolv.conf:ro,z']),
    ],
    variables,
    argv,
    asService: roleOf(world.members[name] ?? { options: {} }) === 'service' && !servesV2(subject.etcd),
  }
}

function whereOf(name: string, world: WorldSpec, place: Stage['files']['place']): Process['at'] {
  const [holder] = Object.keys(world.members).filter((one) => world.members[one]?.loopback !== undefined)
  const local = world.members[name]?.loopback !== undefined
  if (local && holder !== undefined && holder !== name) return { within: holder }
  return {
    address: place.of(name),
    hosts: hostWords(name, world, place).filter((_, n) => n % 2 === 1),
    ipv6: JSON.stringify(world).includes('::1'),
  }
}

/** The lines that start a process. */
export function startLines({
  name,
  folder,
  at,
  inMemory,
  mounts,
  variables,
  argv,
  asService,
}: Process): string[] {
  const network =
    'within' in at
      ? [`--network "container:$run-"${word(at.within)}`]
      : [
          `--network "$run" ${line(['--ip', at.address])}`,
          ...at.hosts.map((one) => line(['--add-host', one])),
          ...(at.ipv6 ? [line(['--sysctl', 'net.ipv6.conf.all.disable_ipv6=0'])] : []),
        ]
  const lines = [
    `${asService ? 'IMAGE=$SERVICE ' : ''}start ${line([name, folder])}`,
    ...network,
    ...(inMemory ? ['--tmpfs /var/lib/etcd-tls'] : []),
    ...mounts.map((one) => `-v "$PWD"/${word(one)}`),
    ...variables.map(([key, value]) => line(['-e', `${key}=${value}`])),
    '--',
    ...argv.map(word),
  ]
  return lines.map((one, n) => `${n === 0 ? '' : '  '}${one}${n === lines.length - 1 ? '' : ' \\'}`)
}

/** The processes of a world in their order, its DNS first; what is done between them is the caller's. */
export function worldSteps(
  world: WorldSpec,
  called: WorldName,
  stage: Stage,
  between: { started(names: readonly string[], role: Role): void; groundwork(): void },
): Process[] {
  dnsSteps(world, called, stage)
  return order.flatMap((role) => {
    const names = ofRole(world, role)
    const processes = names.map((name) => processOf({ name, world }, `${called}/${name}`, stage))
    for (const one of processes) for (const text of startLines(one)) stage.script.raw(text)
    if (names.length > 0) between.started(names, role)
    if (role === 'service') between.groundwork()
    return processes
  })
}

/** CoreDNS with the zone; its log is the query log. */
function dnsSteps({ dns }: WorldSpec, called: WorldName, { files, script }: Stage): void {
  if (dns === undefined) return
  const { corefile, zone } = zoneTexts(dns, files.resolve)
  script.files[`${called}/dns/Corefile`] = corefile
  script.files[`${called}/dns/zone`] = zone
  files.lines.push(`echo 'nameserver ${files.place.dns}' > resolv.conf`)
  script.step(['start_dns', `${called}/dns`, files.place.dns])
}

/** Everything of a world goes. */
export function removalSteps(world: WorldSpec, { script }: Stage): void {
  const names = [...order.flatMap((role) => ofRole(world, role)), ...Object.keys(world.clients ?? {})]
  script.step(['remove', ...names, ...(world.dns === undefined ? [] : ['dns'])])
}

/** The etcd with the v2 API: a discovery service for builds without it. */
export const serviceImage = releaseImages(v2Release)[0] ?? ''

/** The DNS server of a folder: upstream's image, and the build of this tool where the engine has it. */
export const dnsImage = {
  official: officialImages[0] ?? '',
  ours: `${repository}:${keptTag}`,
  command: coredns,
} as const
