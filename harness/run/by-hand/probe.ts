import semver from 'semver'
import { isFileRef } from '../../../fixtures/credential.ts'
import { grpcWords, helloByHand, httpByHand } from '../../probe/by-hand.ts'
import { line } from '../../probe/shell.ts'
import type {
  Argument,
  CurlProbe,
  EtcdctlProbe,
  GrpcProbe,
  HelloProbe,
  HttpProbe,
  ProbeSpec,
} from '../../scenario/probe.ts'
import type { Subject } from '../../subject/subject.ts'
import { guideCommands } from '../../world/recipes/cfssl-guide.ts'
import type { Target } from '../../probe/target.ts'
import type { HandFiles } from './files.ts'
import { containerOf, type HandPlace } from './hand-place.ts'
import { dialled, insideLines, unreached } from './inside.ts'

/** What a probe needs to be typed again; `wish` names its client's certificate where it has one. */
export interface Hand {
  readonly subject: Subject
  readonly files: HandFiles
  readonly wish: string
}

/** The command of a probe, after honest comments on what it cannot say. */
export function probeLines(spec: ProbeSpec, hand: Hand): string[] {
  const { place } = hand.files
  const inside = place.inside(spec.to) !== undefined
  if ('from' in spec && spec.from !== undefined)
    return inside ? unreached(spec.to, spec.from) : fromElsewhere(spec, targetOf(spec, place), hand)
  switch (spec.kind) {
    case 'grpc':
      return grpcLines(spec, hand)
    case 'etcdctl':
      return [etcdctlLine(spec, hand)]
    case 'recipe':
      return guideCommands()
    default:
      return inside ? insideLines(spec.to, hostLines(spec, hand)) : hostLines(spec, hand)
  }
}

const targetOf = ({ to, listener }: Pick<HttpProbe, 'to' | 'listener'>, place: HandPlace) => ({
  name: `${to}.etcd.local`,
  ...dialled(place, to, listener),
})

/** What this host's own programs ask. */
function hostLines(spec: HttpProbe | HelloProbe | CurlProbe, hand: Hand): string[] {
  switch (spec.kind) {
    case 'http': {
      const [command = ''] = httpByHand(
        spec,
        targetOf(spec, hand.files.place),
        hand.files,
        clientOf(spec, hand),
      )
      const kept = spec.lines === undefined ? '' : ` 2>&1 | grep -e '^[<*]' -e ${line([spec.lines])}`
      return [command + kept]
    }
    case 'hello': {
      const target = targetOf(spec, hand.files.place)
      const name = spec.serverName === undefined ? target.name : spec.serverName
      return helloByHand(spec, target, name).map((command) => `${command} </dev/null`)
    }
    case 'curl':
      return [curlLine(spec, hand)]
  }
}

/** From a client's address: through the subject's own relay, which stands there. */
function fromElsewhere(spec: HttpProbe | HelloProbe, target: Omit<Target, 'member'>, hand: Hand): string[] {
  const { subject, files } = hand
  const { from = '', ...rest } = spec
  const address = files.place.of(from)
  const relay = line([
    ...[
      'docker',
      'run',
      '-d',
      '--name',
      containerOf(from),
      '--network',
      files.place.network?.name ?? 'bridge',
    ],
    ...['--ip', address, '--entrypoint', subject.commands.etcd, subject.reference, 'gateway', 'start'],
    ...[
      `--endpoints=${target.address}:${String(target.port)}`,
      `--listen-addr=0.0.0.0:${String(target.port)}`,
    ],
  ])
  const asked = probeLines({ ...rest, to: from }, hand)
  return [
    `# from ${from}: a relay at ${address}`,
    `docker rm -f ${containerOf(from)} 2>/dev/null; ${relay}; sleep 1`,
    ...asked.map((one) => one.replaceAll(`${from}.etcd.local`, target.name)),
  ]
}

/** Name of the client's files of a request; the authority it trusts is made, too. */
export function clientOf({ tls, scheme }: Pick<GrpcProbe, 'tls' | 'scheme'>, { files, wish }: Hand): string {
  if (scheme === 'https' && tls?.trust !== 'nobody' && tls?.trust !== 'anybody')
    files.authority(tls?.trust ?? 'ca')
  return tls?.as === undefined ? wish : files.credential(tls.as, wish)
}

function grpcLines(spec: GrpcProbe, hand: Hand): string[] {
  const { authority, tls } = spec
  const client = clientOf(spec, hand)
  // Who dials an address sends no server name.
  const host = tls?.serverName === null ? hand.files.place.of(spec.to) : `${spec.to}.etcd.local`
  return [
    ...(authority === undefined
      ? []
      : [
          `# the run sent ${JSON.stringify(authority)} as :authority, which etcdctl cannot; grpcurl -authority can`,
        ]),
    ...(tls?.version === undefined
      ? []
      : [`# the run offered TLS ${tls.version} only, which etcdctl cannot`]),
    inContainer(hand, spec.to, {}, {}, grpcWords(spec, `${host}:2379`, client)),
  ]
}

function curlLine(spec: CurlProbe, { files, wish }: Hand): string {
  const store = spec.trustStore === undefined ? '' : `SSL_CERT_FILE=${files.file(spec.trustStore, wish)} `
  const words = spec.args.map((argument) => worded(argument, files, wish))
  const { address, port } = dialled(files.place, spec.to)
  const to = ['--resolve', `${spec.to}.etcd.local:${String(port)}:${address}`]
  return `${store}${line(['curl', '-sSv', ...to, ...words])}`
}

function etcdctlLine(spec: EtcdctlProbe, hand: Hand): string {
  const { files, wish } = hand
  const mounts = Object.fromEntries(
    Object.entries(spec.files ?? {}).map(([path, ref]) => [path, files.file(ref, wish)]),
  )
  const words = spec.args.map((argument) => worded(argument, files, wish))
  return inContainer(hand, spec.to, mounts, spec.environment ?? {}, words)
}

/** The subject's own etcdctl, in the member's network. */
export const beside = (hand: Hand, member: string, words: readonly string[]): string =>
  inContainer(hand, member, {}, {}, words)

function inContainer(
  { subject }: Hand,
  member: string,
  mounts: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
  words: readonly string[],
): string {
  const api = semver.lt(subject.etcd, '3.4.0') ? { ETCDCTL_API: '3' } : {}
  const variables = Object.entries({ ...api, ...environment }).flatMap(([key, value]) => [
    '-e',
    `${key}=${value}`,
  ])
  const files = Object.entries(mounts).map(([path, name]) => `-v "$PWD/${name}:${path}:ro" `)
  return [
    `docker run --rm --network container:${containerOf(member)} --user 0:0 -v "$PWD:/w:ro" -w /w `,
    ...files,
    line([...variables, '--entrypoint', subject.commands.etcdctl ?? 'etcdctl', subject.reference, ...words]),
  ].join('')
}

/** An argument of a command as it is typed. */
export function worded(argument: Argument, files: HandFiles, wish: string): string {
  if (typeof argument === 'string') return files.resolve(argument)
  if (isFileRef(argument)) return files.file(argument, wish)
  const { address, port } = dialled(files.place, argument.url)
  return `${argument.scheme}://${address}:${String(port)}${files.resolve(argument.path)}`
}
