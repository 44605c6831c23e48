import type { CellResult } from '../../../reports/schema.ts'
import type { Cell } from '../../scenario/claim.ts'
import { momentsOf, type Moment } from '../../scenario/moments.ts'
import type { HttpProbe } from '../../scenario/probe.ts'
import type { TimelineProbe } from '../../scenario/timeline.ts'
import { clientWords } from '../../probe/by-hand.ts'
import { callWords } from '../by-hand/cluster.ts'
import { clientOf } from '../by-hand/probe.ts'
import { rotateLines } from '../by-hand/timeline.ts'
import { gatewayPath } from '../release/spelling.ts'
import { dialSteps } from './dial-steps.ts'
import { reasonInLog } from './log-text.ts'
import { madeSteps } from './made-steps.ts'
import { notShown, type Stage } from './plan.ts'
import { requestSteps } from './request.ts'

type Came = NonNullable<CellResult['timeline']>[number]
type Connect = Extract<Moment, { do: 'connect' }>

/** The moments of a timeline, as far as the run came as it says, and the first one that came otherwise. */
export function timelineSteps(when: TimelineProbe, stage: Stage): void {
  const steps = stage.result.timeline ?? []
  let held: HttpProbe | undefined
  let swaps = 1
  const moments = momentsOf(when.steps)
  for (const [n, moment] of moments.entries()) {
    const came = steps[n]
    if (came === undefined) return
    stage.script.comment(`${moment.do}: ${moment.name}`)
    switch (moment.do) {
      case 'rotate':
        swaps++
        for (const text of rotateLines(moment, stage.files, swaps, `given/${moment.of}`))
          stage.script.raw(text)
        break
      case 'restart':
        stage.script.step(['restart', moment.of])
        break
      case 'expire':
        stage.script.step(['until_over', `${stage.files.credential(moment.credential, 'expiring')}.crt`])
        break
      case 'hold':
        if (held !== undefined) throw notShown('it holds several connections at a time')
        held = moment.probe
        holdSteps(moment.probe, moment.name, came, stage)
        break
      case 'use':
        if (held !== undefined) useSteps(held, moment.name, came, stage)
        break
      case 'connect':
        connectSteps(moment, came, stage, moments)
    }
    if (came.met !== true) return
  }
}

function connectSteps(moment: Connect, { seen, met }: Came, stage: Stage, moments: readonly Moment[]): void {
  const { name, probe, shows, because } = moment
  const { files, script, cell, subject, translate } = stage
  if (seen === undefined) throw notShown(`what came of "${name}" is not in the results`)
  if (probe.kind === 'dials') {
    const shown = shows === undefined ? undefined : { spec: shows, met: met === true }
    return dialSteps(probe, seen, stage, shown)
  }
  script.step(['from_now', probe.to])
  requestSteps(probe, { what: name, world: cell.given, seen, wish: 'client' }, stage)
  if (because !== undefined) {
    const reason = reasonInLog(seen, { ...cell, when: probe, because } as unknown as Cell, subject)
    if (reason !== undefined)
      script.step(['log_says', probe.to, translate(reason)], `log of ${probe.to}: ${translate(reason)}`)
  }
  if (probe.kind !== 'http' || probe.scheme !== 'https' || seen.http === undefined) return
  const command = ['openssl', 's_client', ...connection(probe, stage)]
  madeSteps({ moment, moments, seen, command, met: met === true }, stage)
  if (shows === undefined) return
  const file = `${files.credential(shows, 'server')}.crt`
  const told = met === true ? `etcd shows ${file}` : `etcd shows another certificate than ${file}`
  script.step(['shows', name, file, ...command], `${name}: ${told}`)
}

/** What openssl is told for the connection of a request. */
function connection(probe: HttpProbe, { files, subject, cell }: Stage): string[] {
  const place = {
    name: cell.given.members[probe.to]?.host ?? `${probe.to}.etcd.local`,
    address: files.place.of(probe.to),
    port: probe.listener === 'peer' ? 2380 : 2379,
  }
  return clientWords(probe.tls, place, files, clientOf(probe, { subject, files, wish: 'client' }))
}

/** A connection of openssl that stays open, and beside it a watch of etcdctl. */
function holdSteps(probe: HttpProbe, name: string, came: Came, stage: Stage): void {
  const { script, cell, files, subject } = stage
  if (probe.scheme !== 'https') throw notShown('it holds a connection without TLS')
  script.step(['hold', 'openssl', 's_client', ...connection(probe, stage)])
  if (came.seen?.grpc !== undefined) {
    const call = {
      world: cell.given,
      tls: probe.tls,
      to: probe.to,
      call: 'range',
      request: { key: '' },
    } as const
    const words = callWords(call, { files, wish: 'client' }).slice(0, -2)
    script.step(['watch', probe.to, gatewayPath('kv/put', subject.etcd), 'etcdctl', ...words])
  }
  useSteps(probe, name, came, stage)
}

/** The open connection is asked again, and the watch must tell of a key that is written through it. */
function useSteps(
  { method = 'GET', path, to }: HttpProbe,
  name: string,
  { seen }: Came,
  { script }: Stage,
): void {
  const status = seen?.http?.status
  const what = `${name}, the open connection`
  script.step(
    ['use', what, method, path, `${to}.etcd.local`],
    `${what}: ${status === undefined ? 'no answer' : `HTTP ${String(status)}`}`,
  )
  const told = seen?.grpc
  if (told !== undefined)
    script.step(
      ['tells', name],
      `${name}: the watch ${told.code === 'OK' ? 'tells of a key' : 'tells nothing'}`,
    )
}
