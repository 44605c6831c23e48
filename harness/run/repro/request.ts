import { clientWords, grpcWords, httpWords } from '../../probe/by-hand.ts'
import { clientHello } from '../../probe/client-hello.ts'
import { word } from '../../probe/shell.ts'
import { serverNameOf } from '../../probe/target.ts'
import type {
  ClientTls,
  CurlProbe,
  EtcdctlProbe,
  GrpcProbe,
  HelloProbe,
  HttpProbe,
  ProbeSpec,
} from '../../scenario/probe.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import { clientOf, worded } from '../by-hand/probe.ts'
import { alerted, asked, called, greeted, wasEnded } from './answers.ts'
import { notShown, type Seen, type Stage } from './plan.ts'

/** One request of steps.sh. */
export interface Act {
  /** What it is called in the lines it shows: `the probe`. */
  readonly what: string
  readonly world: WorldSpec
  /** What it showed in the run; without, it is an act of the setup that must be served. */
  readonly seen?: Seen | undefined
  /** Name of the client's files where that is free. */
  readonly wish: string
}

/** docker's words for a container that asks the DNS of the world. */
export const resolver = '-v "$PWD/resolv.conf:/etc/resolv.conf:ro,z"'

/** The steps of one request, with what they are to show. Errors: `not-shown`. */
export function requestSteps(spec: ProbeSpec, act: Act, stage: Stage): void {
  switch (spec.kind) {
    case 'http':
      return httpSteps(spec, act, stage)
    case 'hello':
      return helloSteps(spec, act, stage)
    case 'grpc':
      return grpcSteps(spec, act, stage)
    case 'curl':
      return curlSteps(spec, act, stage)
    case 'etcdctl':
      return etcdctlSteps(spec, act, stage)
    case 'recipe':
      throw notShown('it follows a recipe with the real cfssl and compares the files')
  }
}

interface Place {
  readonly name: string
  readonly address: string
  readonly port: number
}

/** Where a request goes: to the process, or to the relay at a client's address, which passes it on. */
function placeOf(spec: HttpProbe | HelloProbe, { world }: Act, { files, script }: Stage): Place {
  const port = spec.listener === 'peer' ? 2380 : 2379
  reachable(spec.to, world)
  const name = world.members[spec.to]?.host ?? `${spec.to}.etcd.local`
  const address = files.place.of(spec.to)
  if (spec.from === undefined) return { name, address, port }
  const own = files.place.of(spec.from)
  script.step(['relay', spec.from, own, `${address}:${String(port)}`, String(port)])
  return { name, address: own, port }
}

function reachable(name: string, { members }: WorldSpec): void {
  if (members[name]?.loopback !== undefined)
    throw notShown(
      `${name} listens on the loopback address of a container, where no client of this host comes`,
    )
}

function httpSteps(spec: HttpProbe, act: Act, stage: Stage): void {
  const { files, script } = stage
  const { what, seen } = act
  const place = placeOf(spec, act, stage)
  const client = clientOf(spec, { subject: stage.subject, files, wish: act.wish })
  const words = ['ask', what, 'curl', ...httpWords(spec, place, files, client)]
  if (seen === undefined) {
    const patient = spec.whileSaying === undefined ? [] : ['while_saying', spec.whileSaying]
    return script.step(['must', ...patient, ...words])
  }
  script.step(words, `${what}: ${asked(seen)}`)
  if (spec.scheme === 'https' && seen.http === undefined && typeof seen.tls?.verified !== 'string')
    alertStep(spec.tls, place, act, seen, stage, client)
}

/** The connection alone: the alert, or that there is none. */
function alertStep(
  tls: ClientTls | undefined,
  place: Place,
  { what }: Act,
  seen: Seen,
  { files, script }: Stage,
  client: string,
): void {
  const words = clientWords(tls, place, files, client)
  script.step(['alert', what, 'openssl', 's_client', ...words], `${what}: ${alerted(seen)}`)
}

function helloSteps(spec: HelloProbe, act: Act, stage: Stage): void {
  const { what, seen } = act
  if (seen === undefined) throw notShown('a hello in a setup')
  const place = placeOf(spec, act, stage)
  const serverName = serverNameOf(spec.serverName, place, stage.files)
  const file = `given/${what.replaceAll(/\W+/g, '-')}.hello`
  const bytes = clientHello({ versions: spec.versions, suites: spec.suites, serverName })
  const about = `# a ClientHello: TLS ${spec.versions.join(', ')} with ${spec.suites.join(', ')}`
  const rows = bytes.toString('hex').match(/.{1,64}/g) ?? []
  stage.script.files[file] = `${[about, ...rows].join('\n')}\n`
  stage.script.step(['hello', what, place.address, String(place.port), file], `${what}: ${greeted(seen)}`)
}

function grpcSteps(spec: GrpcProbe, act: Act, stage: Stage): void {
  const { files, script, subject } = stage
  const { what, seen, world } = act
  if (spec.authority !== undefined) throw notShown('etcdctl cannot send another :authority than the address')
  const { host, loopback } = world.members[spec.to] ?? {}
  const place = {
    // etcdctl runs within the member's container.
    name: host ?? (loopback === undefined ? `${spec.to}.etcd.local` : '127.0.0.1'),
    address: files.place.of(spec.to),
    port: loopback?.client ?? 2379,
  }
  const client = clientOf(spec, { subject, files, wish: act.wish })
  // Who dials an address sends no server name.
  const dialled = spec.tls?.serverName === null ? place.address : place.name
  const words = [what, spec.to, 'etcdctl', ...grpcWords(spec, `${dialled}:${String(place.port)}`, client)]
  if (seen === undefined) return script.step(['must', 'ctl', ...words])
  script.step(['ctl', ...words], `${what}: ${called(seen)}`)
  const { code = '', details = '' } = seen.grpc ?? {}
  if (spec.scheme === 'https' && wasEnded(seen) && code !== 'OK')
    return alertStep(spec.tls, place, act, seen, stage, client)
  if (code !== 'OK' && code !== 'UNAVAILABLE' && details !== '')
    script.step(['says', what, details], `${what}: the client says: ${details}`)
}

function curlSteps(spec: CurlProbe, act: Act, { files, script, translate }: Stage): void {
  const { what, seen, wish, world } = act
  reachable(spec.to, world)
  const store =
    spec.trustStore === undefined ? '' : `SSL_CERT_FILE=${word(files.file(spec.trustStore, wish))} `
  const to = ['--resolve', `${spec.to}.etcd.local:2379:${files.place.of(spec.to)}`]
  const args = spec.args.map((argument) => worded(argument, files, wish))
  const words = ['ask', what, 'curl', ...to, ...args].map(word).join(' ')
  if (seen === undefined) return script.raw(`${store}must ${words}`)
  script.raw(`${store}${words}`, `${what}: ${asked(seen)}`)
  const reason = /^curl: \(\d+\) (.+)$/m.exec(seen.command?.stderr ?? '')?.[1]
  if (reason !== undefined && asked(seen).startsWith('curl turns'))
    script.step(['says', what, translate(reason)], `${what}: the client says: ${translate(reason)}`)
}

function etcdctlSteps(spec: EtcdctlProbe, act: Act, { files, script, cell, translate }: Stage): void {
  const { what, seen, wish } = act
  const mounts = Object.entries(spec.files ?? {}).map(
    ([path, ref]) => `-v "$PWD"/${word(`${files.file(ref, wish)}:${path}:ro,z`)}`,
  )
  const variables = Object.entries(spec.environment ?? {}).map(
    ([key, value]) => `-e ${word(`${key}=${value}`)}`,
  )
  const own = [...mounts, ...variables]
  const usual = act.world.dns === undefined ? [] : [resolver]
  if (own.length > 0) script.raw(`ctl_options=(${[...usual, ...own].join(' ')})`)
  // As in the run: beside the member, not within, where names of its hosts file would need no DNS.
  const where = act.world.members[spec.to]?.loopback === undefined ? 'alone' : spec.to
  const words = [what, where, 'etcdctl', ...spec.args.map((argument) => worded(argument, files, wish))]
  if (seen === undefined) script.step(['must', 'ctl', ...words])
  else script.step(['ctl', ...words], `${what}: ${called(seen)}`)
  if (own.length > 0) script.raw(`ctl_options=(${usual.join(' ')})`)
  if (seen === undefined) return
  const error = 'because' in cell && 'error' in cell.because ? cell.because.error : undefined
  const said = error?.exec(translate(seen.command?.stderr ?? ''))?.[0]
  if (said !== undefined && called(seen) === 'etcdctl fails')
    script.step(['says', what, said], `${what}: the client says: ${said}`)
}
