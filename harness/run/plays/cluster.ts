import type { Evidence } from '../../judge/evidence.ts'
import { HarnessError } from '../../errors.ts'
import type { Cell } from '../../scenario/claim.ts'
import type { DialsProbe, FormsProbe, JoinProbe } from '../../scenario/cluster.ts'
import type { Stage } from './play.ts'

/** Whether the members became one cluster. */
export async function playForms(when: FormsProbe, _cell: Cell, _stage: Stage): Promise<Partial<Evidence>> {
  throw new HarnessError('not-built', `${when.kind} is being built`)
}
/** The join, and for a refusal its control. */
export async function playJoin(when: JoinProbe, _cell: Cell, _stage: Stage): Promise<Partial<Evidence>> {
  throw new HarnessError('not-built', `${when.kind} is being built`)
}
export async function playDials(when: DialsProbe, _stage: Stage): Promise<Partial<Evidence>> {
  throw new HarnessError('not-built', `${when.kind} is being built`)
}
