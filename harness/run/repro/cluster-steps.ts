import type { DialsProbe, FormsProbe, JoinProbe } from '../../scenario/cluster.ts'
import type { WorldSpec } from '../../scenario/world.ts'
import { ofRole } from '../../world/roles.ts'
import { peerUrlByHand } from '../by-hand/member.ts'
import { dnsSteps } from './answer-steps.ts'
import { clusterWords } from './cluster-words.ts'
import { dialSteps } from './dial-steps.ts'
import { notShown, type Seen, type Stage } from './plan.ts'
import { processOf, startLines, type WorldName } from './processes.ts'

/** What surrounds the steps of a cluster in its cell. */
export interface Around {
  /** The step that looks for the reason in the log; may wait so many seconds. */
  reason(seconds: number): void
  /** The other world of the cell in the place of the first. */
  other(mustServe: boolean, act: (world: WorldSpec) => void): void
}

/** What is done with the members of a world, with its control. Errors: `not-shown`. */
export function clusterSteps(
  when: FormsProbe | JoinProbe | DialsProbe,
  probe: Seen,
  stage: Stage,
  around: Around,
): void {
  if (when.kind === 'forms') return formCell(when, probe, stage, around)
  return when.kind === 'join' ? joinCell(when, probe, stage, around) : dialSteps(when, probe, stage)
}

function formCell(when: FormsProbe, probe: Seen, stage: Stage, around: Around): void {
  const { cell, result, script } = stage
  script.comment('whether the members become one cluster')
  around.reason(20)
  formSteps(when, cell.given, probe, stage)
  logSteps(stage)
  if ('asked' in cell.then || 'neverAsked' in cell.then) dnsSteps(cell.then, probe, stage)
  const { control } = result
  if (cell.then.outcome === 'not-formed' && control?.form !== undefined)
    around.other(false, (other) => formSteps(when, other, control, stage))
}

/** Seconds that members which did not serve in the run have here, and those that did. */
const [apart, together] = ['5', '20']

/** Who serves, who is listed, and what is written through each and read through the others. */
function formSteps({ to, tls }: FormsProbe, world: WorldSpec, { form }: Seen, stage: Stage): void {
  const { script } = stage
  if (form === undefined) throw notShown('the members were not looked at in the run')
  const words = clusterWords(world, tls, stage)
  for (const { name, started } of form.members)
    script.step(
      ['serves', name, started ? together : apart],
      `${name}: it ${started ? 'serves' : 'does not serve'}`,
    )
  if (form.members.find(({ name }) => name === to)?.started !== true) return
  const list = `the list of ${to}`
  script.step(['ctl', list, to, ...words.list(to)], `${list}: etcdctl is answered`)
  for (const { name, listed } of form.members) hasStep(list, words.listed(name), listed.length > 0, stage)
  for (const { name, started, readThrough } of form.members.filter(() => form.members.length > 1)) {
    if (!started) continue
    const key = `by-${name}`
    script.step(['ctl', key, name, ...words.put(name, key, `through-${name}`)], `${key}: etcdctl is answered`)
    for (const other of readThrough) readStep(other, key, `through-${name}`, words, stage)
  }
}

function readStep(
  name: string,
  key: string,
  value: string,
  words: ReturnType<typeof clusterWords>,
  stage: Stage,
): void {
  const what = `${key}, read through ${name}`
  stage.script.step(['ctl', what, name, ...words.get(name, key)], `${what}: etcdctl is answered`)
  hasStep(what, value, true, stage)
}

const hasStep = (what: string, text: string, met: boolean, { script }: Stage): void =>
  script.step(['has', what, text], `${what}: its answer has${met ? '' : ' not'}: ${text}`)

/** What each member's log must say. */
function logSteps({ cell, script, translate, result }: Stage): void {
  if (cell.then.outcome !== 'formed') return
  const unmet = result.checks.some(
    ({ question, met, expected }) => question === 'then' && !met && expected.includes('log'),
  )
  if (unmet) return
  for (const [name, texts] of Object.entries(cell.then.logs ?? {}))
    for (const text of texts.map(translate)) script.step(['log_says', name, text], `log of ${name}: ${text}`)
}

function joinCell(when: JoinProbe, probe: Seen, stage: Stage, around: Around): void {
  const { cell, result, script } = stage
  const unlike = 'unlike' in cell ? (cell.unlike as JoinProbe | undefined) : undefined
  script.comment(`${when.who} asks to be a member`)
  joinSteps(when, cell.given, 'given', probe, stage, '')
  around.reason(10)
  if (cell.then.outcome === 'joined' || cell.then.outcome === 'refused') dnsSteps(cell.then, probe, stage)
  const { control, without } = result
  if (unlike !== undefined && control?.join !== undefined) {
    withdrawStep(when, cell.given, stage)
    script.comment('the control, which differs in one thing')
    joinSteps(unlike, cell.given, 'given', control, stage, '-control')
  }
  if (without?.join === undefined) return
  script.step(['remove', (unlike ?? when).who])
  around.other(true, (other) => joinSteps(when, other, 'other', without, stage, ''))
}

/** The candidate is announced and started; whether it serves, is listed, and what is written through it is read. */
function joinSteps(
  { to, who, options = {}, tls }: JoinProbe,
  world: WorldSpec,
  called: WorldName,
  { join }: Seen,
  stage: Stage,
  suffix: string,
): void {
  const { script, files } = stage
  if (join === undefined) throw notShown('the join was not looked at in the run')
  const words = clusterWords(world, tls, stage)
  const url = peerUrlByHand(who, world, files.place)
  const announced = `${who} is announced`
  const added = join.added === true
  script.step(['from_now', to, ...(world.dns === undefined ? [] : ['dns'])])
  script.step(
    ['ctl', announced, to, ...words.add(to, who, url)],
    `${announced}: etcdctl ${added ? 'is answered' : 'fails'}`,
  )
  if (!added) return
  const spec = world.members[who] ?? { options: {} }
  const member = { name: who, world, spec: { ...spec, options: { ...spec.options, ...options } } }
  const process = processOf(
    { ...member, existing: ofRole(world, 'member') },
    `${called}/${who}${suffix}`,
    stage,
  )
  for (const text of startLines(process)) script.raw(text)
  const { started, listed, writtenAndRead } = join
  script.step(
    ['serves', who, started ? together : apart],
    `${who}: it ${started ? 'serves' : 'does not serve'}`,
  )
  if (writtenAndRead) {
    const key = `by-${who}`
    script.step(['ctl', key, who, ...words.put(who, key, 'as-a-member')], `${key}: etcdctl is answered`)
    readStep(to, key, 'as-a-member', words, stage)
  }
  const list = `the list of ${to}`
  script.step(['ctl', list, to, ...words.list(to)], `${list}: etcdctl is answered`)
  hasStep(list, words.listed(who), listed, stage)
}

/** Off the list while it lives: a voter that goes first would take the quorum along. */
function withdrawStep({ to, who, tls }: JoinProbe, world: WorldSpec, stage: Stage): void {
  const url = peerUrlByHand(who, world, stage.files.place)
  stage.script.step(['withdraw', to, url, ...clusterWords(world, tls, stage).plain(to)])
  stage.script.step(['remove', who])
}
