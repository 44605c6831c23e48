import type { Blame, BisectStep, Corner } from '../../../reports/bisect/schema.ts'
import type { SubjectRecord } from '../../../reports/schema.ts'
import { HarnessError } from '../../errors.ts'
import { parseSubject } from '../../subject/parse.ts'
import { blameInWords, blameOf } from './blame.ts'
import type { Plays } from './plays.ts'
import { isTold, stateIn, type Teller } from './teller.ts'

/** The two builds of a step, and what to ask of their relatives. */
export interface Stepped {
  readonly step: Pick<BisectStep, 'cells' | 'before' | 'after'>
  readonly before: SubjectRecord
  readonly after: SubjectRecord
  /** Where one side does not apply, not to apply is something that can be told. */
  readonly idle: boolean
}

/** Who changed it, etcd or Go: what the four builds of both etcds with both Gos come to, as far as they can be had. */
export async function corners(
  { step, before, after, idle }: Stepped,
  teller: Teller,
  plays: Plays,
): Promise<Blame> {
  const sameEtcd = before.etcd === after.etcd
  if (sameEtcd || before.go === after.go) {
    const by = sameEtcd ? 'go' : 'etcd'
    const says = sameEtcd
      ? `Changed by Go: both sides are etcd ${before.etcd}.`
      : `Changed by etcd: both sides are built with Go ${before.go}.`
    return before.etcd === after.etcd && before.go === after.go
      ? {
          by: 'untold',
          says: 'Both sides have the same etcd and the same Go by their versions.',
          corners: [],
        }
      : { by, says, corners: [] }
  }
  const at = (etcd: string, go: string): Promise<Corner> =>
    corner({ etcd, go }, step.cells, idle, teller, plays)
  // One after the other: a build takes every core.
  const old = await at(before.etcd, before.go)
  const newGo = await at(before.etcd, after.go)
  const newEtcd = await at(after.etcd, before.go)
  const young = await at(after.etcd, after.go)
  const told = { before: old.state, after: young.state, newGo: newGo.state, newEtcd: newEtcd.state }
  const says = blameInWords(told, { etcd: [before.etcd, after.etcd], go: [before.go, after.go] })
  return { by: blameOf(told), says, corners: [old, newGo, newEtcd, young] }
}

/** All four are rebuilds, so that they differ in etcd and Go only. The cells of a step must agree. */
async function corner(
  { etcd, go }: Pick<Corner, 'etcd' | 'go'>,
  cells: readonly string[],
  idle: boolean,
  teller: Teller,
  plays: Plays,
): Promise<Corner> {
  const known = await plays.rebuildOf(etcd, go)
  const asked = known?.subject.asked ?? `${etcd}+go${go}`
  try {
    if (known === undefined) parseSubject(asked)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    return { etcd, go, untold: `not to be built: ${error.message}` }
  }
  const states = new Map<string, string>()
  for (const cell of cells) {
    const told = await teller.tell({ asked }, cell, idle)
    if (!isTold(told)) return { etcd, go, untold: `${told.untold.kind}: ${told.untold.why}` }
    states.set(stateIn(told) ?? '', told.subject)
  }
  const [[state, subject] = ['', ''], ...others] = states
  const each = [...states.keys()].join(', ')
  return others.length > 0
    ? { etcd, go, untold: `the cells differ there: ${each}` }
    : { etcd, go, state, subject }
}
