import { absentLine } from '../../judge/other-side.ts'
import type { Evidence } from '../../judge/evidence.ts'
import type { Observation } from '../../probe/observation.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { ProbeSpec } from '../../scenario/probe.ts'
import { lookOnce } from '../gather/look.ts'
import type { Stage } from './play.ts'

/** Control, probe, control, probe again; what is to be served needs no more than the probe and its control. */
export async function playRequest(
  when: ProbeSpec,
  cell: Cell,
  { world, watch, trail }: Stage,
): Promise<Partial<Evidence>> {
  const look = (what: string, spec: ProbeSpec, of?: Cell): Promise<Observation> =>
    trail.step(what, () => watch.time('probes', () => lookOnce(what, spec, world, of, ofControl)))
  const ofControl = absentLine(cell, world.subject, 'control')
  const unlike = 'unlike' in cell ? (cell.unlike as ProbeSpec | undefined) : undefined
  if (cell.then.outcome === 'served') {
    const probe = await look('the probe', when, cell)
    return unlike === undefined ? { probe } : { probe, after: await look('the control', unlike) }
  }
  const before = unlike && (await look('the control before the probe', unlike))
  const probe = await look('the probe', when, cell)
  // Nothing is proved any more where the control met silence; the probe alone may still show a broken promise.
  if (before?.closed?.how === 'limit') return { before, probe }
  const after = unlike && (await look('the control after the probe', unlike))
  const again = cell.then.outcome === 'refused' ? await look('the probe again', when, cell) : undefined
  return { ...(before && { before }), probe, ...(after && { after }), ...(again && { again }) }
}
