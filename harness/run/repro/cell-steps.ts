import type { Cell } from '../../scenario/claim.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import { worldsOf } from '../gather/gather.ts'
import { isOfCluster } from '../by-hand/cluster.ts'
import { stateOf } from './answers.ts'
import { answerSteps } from './answer-steps.ts'
import { clusterSteps } from './cluster-steps.ts'
import { reasonInLog } from './log-text.ts'
import type { Seen, Stage } from './plan.ts'
import { removalSteps, worldSteps, type Process, type WorldName } from './processes.ts'
import { requestSteps, resolver } from './request.ts'
import { timelineSteps } from './timeline-steps.ts'

/** What a cell comes to as steps. */
export interface Shown {
  /** Of the world that is given. */
  readonly processes: readonly Process[]
  /** The text in etcd's log that states the reason. */
  readonly reason?: string
}

/** Writes the steps of a cell, with what each showed in the run. Errors: `not-shown` (exit 2). */
export function cellSteps(stage: Stage): Shown {
  const { cell, result } = stage
  const mustServe = cell.when.kind !== 'start' && cell.when.kind !== 'forms' && didServe(result.probe)
  const processes = raise(cell.given, 'given', stage, mustServe)
  const { probe } = result
  if (probe === undefined) return { processes }
  const { when } = cell
  const reason = reasonOf(probe, stage)
  if (when.kind === 'start') startSteps(when.of, cell, probe, stage)
  else if (!didServe(probe)) startSteps(memberOf(cell), cell, probe, stage)
  else if (when.kind === 'timeline') timelineSteps(when, stage)
  else if (isOfCluster(when))
    clusterSteps(when, probe, stage, {
      reason: (seconds) => reasonStep(memberOf(cell), reason, stage, seconds),
      other: (mustServe, act) => inOtherWorld(stage, mustServe, act),
    })
  else requests(when, probe, stage, reason)
  return { processes, ...(reason === undefined ? {} : { reason }) }
}

/** False where the start of the process is all that there was to see. */
const didServe = (probe: Seen | undefined): boolean => probe?.process === undefined || probe.process.ready

/** Starts a world; its setup is made where its processes are to serve. */
function raise(world: WorldSpec, called: WorldName, stage: Stage, mustServe: boolean): Process[] {
  stage.script.comment(called === 'given' ? 'the processes' : otherIs(stage.cell))
  const setup = (specs: readonly ProbeSpec[]): void => {
    for (const spec of specs) requestSteps(spec, { what: 'the setup', world, wish: 'setup-client' }, stage)
  }
  const processes = worldSteps(world, called, stage, {
    // What the others need to start at all is up before them.
    started: (names, role) =>
      void ((mustServe || role === 'service') && stage.script.step(['ready', ...names])),
    groundwork: () => setup(world.groundwork ?? []),
  })
  if (world.dns !== undefined) stage.script.raw(`ctl_options=(${resolver})`)
  if (mustServe) setup(world.setup)
  return processes
}

const otherIs = ({ then }: Cell): string =>
  then.outcome === 'not-started' || then.outcome === 'not-formed'
    ? 'the control: the one thing put right'
    : 'the same without the guard'

/** The other world of a cell in the place of the first one. */
function inOtherWorld(stage: Stage, mustServe: boolean, act: (world: WorldSpec) => void): void {
  const [, other] = worldsOf(stage.cell)
  if (other === undefined) return
  removalSteps(stage.cell.given, stage)
  raise(other, 'other', stage, mustServe)
  act(other)
}

/** Whose log states the reason. */
const memberOf = ({ when, then }: Cell): string =>
  then.outcome === 'refused' || then.outcome === 'not-formed'
    ? then.by
    : when.kind === 'start'
      ? when.of
      : when.to

function reasonOf(probe: Seen, { cell, subject, translate }: Stage): string | undefined {
  const reason = reasonInLog(probe, cell, subject)
  return reason === undefined ? undefined : translate(reason)
}

/** `log_says`, where the run saw a reason. */
function reasonStep(name: string, reason: string | undefined, { script }: Stage, seconds?: number): void {
  if (reason === undefined) return
  const patience = seconds === undefined ? [] : [String(seconds)]
  script.step(['log_says', name, reason, ...patience], `log of ${name}: ${reason}`)
}

function startSteps(name: string, cell: Cell, probe: Seen, stage: Stage): void {
  const { script, result, translate } = stage
  script.comment(`the start of ${name}`)
  script.step(['state', name], stateOf(name, probe))
  reasonStep(name, reasonOf(probe, stage), stage)
  const logs = cell.then.outcome === 'started' ? (cell.then.logs ?? []) : []
  for (const text of logs) {
    const met = result.checks.find(
      ({ expected }) => expected === `the log contains ${JSON.stringify(text)}`,
    )?.met
    if (met !== undefined)
      script.step(
        ['log_says', name, translate(text)],
        `log of ${name}: ${met ? '' : 'nothing of: '}${translate(text)}`,
      )
  }
  const { control } = result
  if (cell.then.outcome !== 'not-started' || control?.process === undefined) return
  inOtherWorld(stage, false, () => script.step(['state', name], stateOf(name, control)))
}

/** Control, probe, its reason, control; what is served needs no more than the probe and its control. */
function requests(when: ProbeSpec, probe: Seen, stage: Stage, reason: string | undefined): void {
  const { cell, script, result } = stage
  const { given: world } = cell
  const unlike = 'unlike' in cell ? (cell.unlike as ProbeSpec | undefined) : undefined
  const { control, without } = result
  const served = cell.then.outcome === 'served'
  const controlled = (): void => {
    if (unlike === undefined || control === undefined) return
    script.comment('the control, which differs in one thing')
    requestSteps(unlike, { what: 'the control', world, seen: control, wish: 'control-client' }, stage)
  }
  // First, so that the probe's own certificate is the one called client.
  claimNames(when, stage)
  if (!served) controlled()
  script.comment('the probe')
  script.step(['from_now', memberOf(cell), ...(world.dns === undefined ? [] : ['dns'])])
  requestSteps(when, { what: 'the probe', world, seen: probe, wish: 'client' }, stage)
  answerSteps(when, probe, stage)
  reasonStep(memberOf(cell), reason, stage)
  controlled()
  if (without === undefined || without.process !== undefined) return
  inOtherWorld(stage, true, (other) => {
    requestSteps(when, { what: 'without the guard', world: other, seen: without, wish: 'client' }, stage)
  })
}

function claimNames(when: ProbeSpec, { files }: Stage): void {
  const as = 'tls' in when ? when.tls?.as : undefined
  if (as !== undefined) files.credential(as, 'client')
}
