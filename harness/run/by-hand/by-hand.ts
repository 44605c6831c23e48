import type { Cell } from '../../scenario/claim.ts'
import type { JoinProbe } from '../../scenario/cluster.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import type { TimelineProbe } from '../../scenario/timeline.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import type { Subject } from '../../subject/subject.ts'
import { clusterLines, isOfCluster } from './cluster.ts'
import { HandFiles } from './files.ts'
import { containerOf, placeOf } from './hand-place.ts'
import { probeLines } from './probe.ts'
import { laidOut, timelineLines } from './timeline.ts'
import { networkLines, networkRemoval, removalLines, worldLines } from './world.ts'

const heading = '# The run’s own network, containers and private keys are gone: this is the same made again.'
const ownBuild =
  '# The image was built here and is on no other machine: `etcd-tls repro ID --etcd BUILD --out DIR` writes a folder with its recipe.'
const published =
  '# For bash in an empty folder, with docker, openssl 3 and curl; ports 2379 and 2380 of 127.0.0.1 must be free.'

/**
 * Everything that shows a cell again, line by line as a person types it: certificates of the same shapes, the
 * member, the control, the probe, and the world without the guard. Pure.
 */
export function byHand(cell: Cell, subject: Subject): string[] {
  const other = otherWorld(cell)
  const place = placeOf([cell.given, ...(other === undefined ? [] : [other])])
  const files = new HandFiles({ ...other?.authorities, ...cell.given.authorities }, place)
  const acts = actsOf(cell, subject, files)
  return [
    heading,
    ...(subject.source === 'module' ? [ownBuild] : []),
    place.network === undefined
      ? published
      : `# the members have addresses in ${place.network.subnet}, which must be free.`,
    ...files.lines,
    ...networkLines(place),
    ...acts,
    ...networkRemoval(place),
  ]
}

function actsOf(cell: Cell, subject: Subject, files: HandFiles): string[] {
  if (cell.when.kind === 'start') return starts(cell, subject, files)
  if (cell.when.kind === 'timeline') return timelines(cell.when, cell.given, subject, files)
  return isOfCluster(cell.when) ? clusters(cell, subject, files) : probes(cell, subject, files)
}

/** The member, its files laid out as they are in the run, and the steps. */
const timelines = (when: TimelineProbe, world: WorldSpec, subject: Subject, files: HandFiles): string[] => [
  ...laidOut(world, worldLines('the member', world, subject, files)),
  ...setup(world, subject, files),
  ...timelineLines(when, world, subject, files),
  ...removalLines(world),
]

/** What is done with members: the act, its control in the same cluster or in one of its own. */
function clusters(cell: Cell, subject: Subject, files: HandFiles): string[] {
  const other = otherWorld(cell)
  const act = (when: Cell['when'], world: WorldSpec): string[] =>
    isOfCluster(when) ? clusterLines(when, world, subject, files) : []
  const unlike =
    cell.when.kind === 'join' && 'unlike' in cell ? (cell.unlike as JoinProbe | undefined) : undefined
  return [
    ...worldLines('the members', cell.given, subject, files),
    `# ${cell.when.kind}: ${cell.then.outcome}${becauseOf(cell)}`,
    ...act(cell.when, cell.given),
    ...(unlike === undefined ? [] : ['# the control: it joins', ...act(unlike, cell.given)]),
    ...removalLines(cell.given),
    ...(other === undefined
      ? []
      : [
          ...worldLines(
            'the other world: with the one thing put right, or without the guard',
            other,
            subject,
            files,
          ),
          '# the same: accepted',
          ...act(cell.when, other),
          ...removalLines(other),
        ]),
  ]
}

function otherWorld(cell: Cell): WorldSpec | undefined {
  if (cell.then.outcome === 'not-started' || cell.then.outcome === 'not-formed')
    return 'unlike' in cell ? (cell.unlike as WorldSpec) : undefined
  return 'without' in cell ? cell.without : undefined
}

function starts(cell: Cell, subject: Subject, files: HandFiles): string[] {
  const other = otherWorld(cell)
  if (cell.then.outcome !== 'not-started')
    return [
      ...worldLines('the member: it starts', cell.given, subject, files),
      '# what it logs',
      ...Object.keys(cell.given.members).map((name) => `docker logs ${containerOf(name)}`),
      ...removalLines(cell.given),
    ]
  return [
    ...worldLines(
      `the member: it does not start${becauseOf(cell)}`,
      cell.given,
      subject,
      files,
      'to its end',
    ),
    ...removalLines(cell.given),
    ...(other === undefined
      ? []
      : [
          ...worldLines('the control: the one thing put right, it starts', other, subject, files),
          ...removalLines(other),
        ]),
  ]
}

function probes(cell: Cell, subject: Subject, files: HandFiles): string[] {
  const when = cell.when as ProbeSpec
  const unlike = 'unlike' in cell ? (cell.unlike as ProbeSpec | undefined) : undefined
  const without = otherWorld(cell)
  const served = cell.then.outcome === 'served'
  // First, so that the probe's own certificate is the one called client.
  const probe = probeLines(when, { subject, files, wish: 'client' })
  const control = unlike && probeLines(unlike, { subject, files, wish: 'control-client' })
  const outcome = {
    served: 'served',
    'client-refuses': 'the client turns the server away',
  }[cell.then.outcome as string]
  return [
    ...worldLines('the member', cell.given, subject, files),
    ...setup(cell.given, subject, files),
    ...(control && !served ? ['# the control: served', ...control] : []),
    `# the probe: ${outcome ?? `refused${becauseOf(cell)}`}`,
    ...probe,
    ...(control && served ? ['# the control: refused', ...control] : []),
    '# what etcd says of it',
    `docker logs ${containerOf(when.to)} 2>&1 | tail -n 5`,
    ...removalLines(cell.given),
    ...(without === undefined
      ? []
      : [
          ...worldLines('the member without the guard', without, subject, files),
          ...setup(without, subject, files),
          '# the same probe: served',
          ...probe,
          ...removalLines(without),
        ]),
  ]
}

const setup = (world: WorldSpec, subject: Subject, files: HandFiles): string[] =>
  world.setup.length === 0
    ? []
    : [
        '# the setup',
        ...world.setup.flatMap((spec) => probeLines(spec, { subject, files, wish: 'setup-client' })),
      ]

function becauseOf(cell: Cell): string {
  if (!('because' in cell)) return ''
  const { because } = cell
  if ('failure' in because) return `, for ${because.failure}`
  return because.reason === undefined ? '' : ` for ${because.reason}`
}
