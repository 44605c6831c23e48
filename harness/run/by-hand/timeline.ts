import { isFileRef, type FileRef } from '../../../fixtures/credential.ts'
import { httpByHand } from '../../probe/by-hand.ts'
import { line } from '../../probe/shell.ts'
import { momentsOf, type Moment, type Rotated } from '../../scenario/moments.ts'
import type { HttpProbe } from '../../scenario/probe.ts'
import type { TimelineProbe } from '../../scenario/timeline.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import type { Subject } from '../../subject/subject.ts'
import { clusterLines } from './cluster.ts'
import type { HandFiles } from './files.ts'
import { containerOf } from './hand-place.ts'
import { briefly } from './mint.ts'
import { beside, probeLines, type Hand } from './probe.ts'

/** The members' lines, with the files as Kubernetes lays out a secret where the world's are. */
export function laidOut({ files, members }: WorldSpec, lines: readonly string[]): string[] {
  if (files !== 'linked') return [...lines]
  return lines.flatMap((one) => {
    const name = Object.keys(members).find(
      (member) => one.startsWith('docker run ') && one.includes(` ${containerOf(member)} `),
    )
    return name === undefined ? [one] : [...linkedLines(name), one]
  })
}

/** The files of a folder as Kubernetes lays out a secret. */
export const linkedLines = (name: string): string[] => [
  `mkdir ${name}/..1 && mv ${name}/*.pem ${name}/..1 && ln -s ..1 ${name}/..data`,
  `for f in ${name}/..1/*; do ln -s "..data/$(basename "$f")" ${name}/; done`,
]

/** The steps of a timeline as commands. */
export function timelineLines(
  { steps }: TimelineProbe,
  world: WorldSpec,
  subject: Subject,
  files: HandFiles,
): string[] {
  const hand = { subject, files, wish: 'client' }
  const moments = momentsOf(steps)
  const held = new Map<string, HttpProbe>()
  let swaps = 1
  const acts = moments.flatMap((moment) => {
    switch (moment.do) {
      case 'rotate':
        return [`# ${moment.name}`, ...rotateLines(moment, files, ++swaps)]
      case 'restart':
        return [`# the data is in memory here, so it begins anew`, `docker restart ${containerOf(moment.of)}`]
      case 'expire':
        return ['# until the certificate is out of date', `sleep ${String(briefly)}`]
      case 'hold':
        held.set(moment.name, moment.probe)
        return holdLines(moment, hand)
      case 'use':
        return useLines(moment.name, held.get(moment.name), hand)
      case 'connect':
        return connectLines(moment, world, hand, isCompared(moment, moments))
    }
  })
  return held.size === 0 ? acts : [...acts, '# what is held is let go', 'kill $WATCH; exec 9>&-']
}

/** Files changed as a rotation says, in the folder of their process; `swap` counts them. */
export function rotateLines(
  { of, write, files: options }: Rotated,
  files: HandFiles,
  swap: number,
  folder = of,
): string[] {
  const news = Object.entries(options).flatMap(([option, ref]) =>
    isFileRef(ref) ? [[files.file(ref, wishOf(ref)), `${option}.pem`] as const] : [],
  )
  if (write === 'in-place') return news.map(([from, to]) => `cat ${line([from])} > ${folder}/${to}`)
  if (write === 'rename')
    return news.map(([from, to]) => `cp ${line([from])} ${folder}/.new && mv ${folder}/.new ${folder}/${to}`)
  const next = `${folder}/..${String(swap)}`
  return [
    `cp -r ${folder}/..data/ ${next}`,
    ...news.map(([from, to]) => `cp ${line([from])} ${next}/${to}`),
    `ln -s ..${String(swap)} ${folder}/..data_tmp && mv -T ${folder}/..data_tmp ${folder}/..data`,
  ]
}

const wishOf = (ref: FileRef): string =>
  ref.file === 'certificate' || ref.file === 'key' ? (ref.of.cn ?? 'pair').replaceAll(/[^\w.-]+/g, '-') : 'ca'

const outcomes = {
  served: 'served',
  refused: 'refused by etcd',
  'client-refuses': 'refused by the client',
} as const

type Connect = Extract<Moment, { do: 'connect' }>

/** A certificate made alone is asked for, of it or beside it. */
const isCompared = ({ name, madeUnlike }: Connect, moments: readonly Moment[]): boolean =>
  madeUnlike !== undefined || moments.some((one) => one.do === 'connect' && one.madeUnlike === name)

function connectLines(moment: Connect, world: WorldSpec, hand: Hand, compared: boolean): string[] {
  const { name, probe, comes = 'served', shows, madeUnlike } = moment
  const shown = shows === undefined ? '' : `; the certificate is ${shows.cn ?? 'the one named'}`
  const alone =
    madeUnlike === undefined ? '' : `; signed by itself, as is that of ${madeUnlike}, and with another key`
  const lines =
    probe.kind === 'dials' ? clusterLines(probe, world, hand.subject, hand.files) : probeLines(probe, hand)
  const told = compared ? '-issuer -subject -pubkey' : '-subject -serial'
  const certificate =
    probe.kind === 'http' && probe.scheme === 'https'
      ? [`${client(probe, hand)} </dev/null 2>/dev/null | openssl x509 -noout ${told}`]
      : []
  return [`# ${name}: a new connection, ${outcomes[comes]}${shown}${alone}`, ...lines, ...certificate]
}

/** `openssl s_client` for the connection of a request. */
function client(probe: HttpProbe, { files, wish }: Hand): string {
  const port = probe.listener === 'peer' ? 2380 : 2379
  const target = { name: `${probe.to}.etcd.local`, address: files.place.of(probe.to), port }
  const name = probe.tls?.as === undefined ? wish : files.credential(probe.tls.as, wish)
  return httpByHand(probe, target, files, name)[1] ?? ''
}

/** The connection reads its requests from a pipe that stays open; the watch writes what it is told into a file. */
function holdLines({ name, probe }: Extract<Moment, { do: 'hold' }>, hand: Hand): string[] {
  const one = fileOf(name)
  const port = probe.listener === 'peer' ? 2380 : 2379
  const dialled =
    probe.scheme === 'https'
      ? `${client(probe, hand)} -quiet`
      : `nc ${hand.files.place.of(probe.to)} ${String(port)}`
  return [
    `# ${name}: a connection that stays open, and a watch`,
    `mkfifo ${one} && ${dialled} < ${one} > ${one}.txt 2>&1 &`,
    `until [ -p ${one} ]; do sleep 0.1; done; exec 9> ${one}`,
    asked(probe, one),
    ...(probe.listener === 'peer'
      ? []
      : [`${watching(probe, hand, ['watch', one])} > ${one}-watch.txt &`, 'WATCH=$!; sleep 1']),
  ]
}

const asked = ({ method = 'GET', path, to }: HttpProbe, one: string): string =>
  `printf '${method} ${path} HTTP/1.1\\r\\nHost: ${to}.etcd.local\\r\\n\\r\\n' >&9; sleep 1; cat ${one}.txt`

function useLines(name: string, probe: HttpProbe | undefined, hand: Hand): string[] {
  if (probe === undefined) return [`# ${name} is not held`]
  const one = fileOf(name)
  return [
    `# ${name}: the open connection is asked again, and the watch tells of a key`,
    asked(probe, one),
    ...(probe.listener === 'peer'
      ? []
      : [watching(probe, hand, ['put', one, 'now']), `sleep 1; cat ${one}-watch.txt`]),
  ]
}

/** A name that is no other file's. */
const fileOf = (name: string): string => `held-${name.replaceAll(/[^\w.-]+/g, '-')}`

/** etcdctl beside the member, over the kind of connection that the request has. */
function watching({ to, scheme, tls }: HttpProbe, hand: Hand, words: readonly string[]): string {
  const as = tls?.as === undefined ? undefined : hand.files.credential(tls.as, hand.wish)
  return beside(hand, to, [
    ...['--endpoints', `${scheme}://${to}.etcd.local:2379`],
    ...(as === undefined ? [] : ['--cert', `${as}.crt`, '--key', `${as}.key`]),
    ...(scheme === 'https' ? ['--cacert', `${hand.files.authority(tls?.trust ?? 'ca')}.crt`] : []),
    ...words,
  ])
}
