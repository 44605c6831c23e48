import type { CellResult, Results } from '../../../reports/index.ts'
import { judgeAgain } from '../../gathered/judge-again.ts'
import type { GatheredRecord } from '../../gathered/record.ts'
import { notAsked, playedResult } from '../../run/cell-result.ts'
import { notApplicable } from '../../run/release/applicability.ts'
import { sectionOf, type CatalogueCell } from '../../run/catalogue/cells.ts'
import { spelt } from '../../run/release/spelling.ts'
import type { Subject } from '../../subject/subject.ts'
import type { CertifiedProfile } from '../profile.ts'
import { askedOf } from '../verify/asked.ts'

/** Results of an older tool as today's would have written them from the same evidence. */
export async function retold(
  results: Results,
  today: CertifiedProfile,
  gathered: (evidence: string) => Promise<GatheredRecord>,
): Promise<Results> {
  const { only, command, ...asked } = askedOf(results, today)
  // It did not tell them yet; they are where upstream's images have them.
  const commands = { etcd: '/usr/local/bin/etcd', etcdctl: '/usr/local/bin/etcdctl' }
  const subjects = results.subjects.map((one) => ({ commands, ...one }))
  const subject = subjects[0] as Subject
  const cells = new Map(today.cells.map((cell) => [cell.cellId, cell]))
  const all = results.results.map(async (result): Promise<CellResult> => {
    const found = cells.get(result.cell)
    if (found === undefined) throw new Error(`today there is no ${result.cell}`)
    const cell: CatalogueCell = { ...found, cell: spelt(found.cell, subject.etcd) }
    const outside = notApplicable(sectionOf(cell), cell.cell, subject)
    if (outside !== undefined) return notAsked(cell, subject, outside)
    const { evidence = '', milliseconds } = result
    const record = await gathered(evidence)
    const judged = judgeAgain(cell.cell, record)
    return { ...playedResult(cell, subject, record, judged), milliseconds, evidence }
  })
  const run = { ...results.run, only: only as string[], command: command as string[] }
  return { ...results, ...asked, subjects, run, results: await Promise.all(all) }
}
