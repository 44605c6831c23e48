import { lineAfterJoin, type AwaitedLine } from '../../judge/awaited-line.ts'
import type { Evidence } from '../../judge/evidence.ts'
import { refusals } from '../../judge/form.ts'
import { declaredLine } from '../../judge/known.ts'
import { absentLine } from '../../judge/other-side.ts'
import { lineFits } from '../../judge/fingerprint.ts'
import { peerFingerprint } from '../../judge/peer-fingerprint.ts'
import { observeDial } from '../../probe/dials.ts'
import { observeForms, type Refusing } from '../../probe/forms.ts'
import { observeJoin } from '../../probe/joins.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Cell, NoFormCell } from '../../scenario/claim.ts'
import type { DialsProbe, FormsProbe, JoinProbe } from '../../scenario/cluster.ts'
import type { Subject } from '../../subject/subject.ts'
import { within } from '../../within.ts'
import type { Stage } from './play.ts'

/** Milliseconds for an act on members. Every wait within has a shorter one. */
const actLimit = 45_000

/** Whether the members became one cluster; where they must not, until one was turned away often enough. */
export async function playForms(
  when: FormsProbe,
  cell: Cell,
  { world, watch, trail }: Stage,
): Promise<Partial<Evidence>> {
  const refusing =
    cell.then.outcome === 'not-formed'
      ? refusalOf(cell as NoFormCell, world.subject)
      : declaredOf(when, cell, world)
  const what =
    refusing === undefined
      ? 'every member to serve'
      : `every member to serve, or ${refusing.by} to log that they do not`
  const look = (): Promise<Observation> => within(actLimit, what, observeForms(when, world, refusing))
  return { probe: await trail.step(what, () => watch.time('probes', look)) }
}

function refusalOf({ then, because }: NoFormCell, subject: Subject): Refusing {
  const print = peerFingerprint(because.reason, subject)
  return { by: then.by, from: then.from, fits: (line) => lineFits(print, line), times: refusals }
}

/** Where this build is known not to do it, or must not: said once where a process ended, else as often as a refusal. */
function declaredOf({ to }: FormsProbe, cell: Cell, world: Stage['world']): Refusing | undefined {
  const fits = absentLine(cell, world.subject) ?? declaredLine(cell.known, world.subject)
  if (fits === undefined) return undefined
  const ended = world.started().some((name) => world.startOf(name).process?.exit !== undefined)
  return { by: to, fits, times: ended ? 1 : refusals }
}

/** The join, and for a refusal its control in the same cluster. */
export async function playJoin(
  when: JoinProbe,
  cell: Cell,
  { world, watch, trail }: Stage,
): Promise<Partial<Evidence>> {
  const look = (what: string, spec: JoinProbe, line?: AwaitedLine, own?: AwaitedLine): Promise<Observation> =>
    trail.step(what, () =>
      watch.time('probes', () => within(actLimit, what, observeJoin(spec, world, line, own))),
    )
  const own = declaredLine(cell.known, world.subject, 'said')
  const probe = await look(`${when.who} to join`, when, lineAfterJoin(cell, world.subject), own)
  const unlike = 'unlike' in cell ? (cell.unlike as JoinProbe | undefined) : undefined
  if (unlike === undefined) return { probe }
  return {
    probe,
    after: await look('the control to join', unlike, absentLine(cell, world.subject, 'control')),
  }
}

/** What a member shows when it dials. */
export async function playDials(
  when: DialsProbe,
  { world, watch, trail }: Stage,
): Promise<Partial<Evidence>> {
  const what = `${when.to} to dial a listener of ours`
  const look = (): Promise<Observation> => within(actLimit, what, observeDial(when, world))
  return { probe: await trail.step(what, () => watch.time('probes', look)) }
}
