import { lineAfterProbe } from '../../judge/awaited-line.ts'
import type { Evidence } from '../../judge/evidence.ts'
import { proxyAtOf } from '../../judge/fingerprint.ts'
import { absentLine } from '../../judge/other-side.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import { lookOnce, type Following } from '../gather/look.ts'
import type { Stage } from './play.ts'

/** Control, probe, control, probe again; what is to be served needs no more than the probe and its control. */
export async function playRequest(
  when: ProbeSpec,
  cell: Cell,
  { world, watch, trail }: Stage,
): Promise<Partial<Evidence>> {
  const look = (what: string, spec: ProbeSpec, following: Following): Promise<Observation> =>
    trail.step(what, () => watch.time('probes', () => lookOnce(what, spec, world, following)))
  const ofProbe: Following = {
    line: (seen) => lineAfterProbe(cell, world.subject, seen),
    behindProxy: cell.then.outcome === 'refused' && proxyAtOf(cell) !== undefined ? cell.then.by : undefined,
  }
  const ofControl: Following = { line: () => absentLine(cell, world.subject, 'control') }
  const unlike = 'unlike' in cell ? (cell.unlike as ProbeSpec | undefined) : undefined
  if (cell.then.outcome === 'served') {
    const probe = await look('the probe', when, ofProbe)
    return unlike === undefined ? { probe } : { probe, after: await look('the control', unlike, ofControl) }
  }
  const before = unlike && (await look('the control before the probe', unlike, ofControl))
  const probe = await look('the probe', when, ofProbe)
  // Nothing is proved any more where the control met silence; the probe alone may still show a broken promise.
  if (before?.closed?.how === 'limit') return { before, probe }
  const after = unlike && (await look('the control after the probe', unlike, ofControl))
  const again = cell.then.outcome === 'refused' ? await look('the probe again', when, ofProbe) : undefined
  return { ...(before && { before }), probe, ...(after && { after }), ...(again && { again }) }
}
