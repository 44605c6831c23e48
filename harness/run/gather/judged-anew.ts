import { join } from 'node:path'
import type { CellResult } from '../../../reports/schema.ts'
import { judgeAgain } from '../../gathered/judge-again.ts'
import { readGatheredFile } from '../../gathered/read.ts'
import { gatheredFile, writeGathered } from '../../gathered/write.ts'
import type { Subject } from '../../subject/subject.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'
import { playedResult } from '../cell-result.ts'
import { evidenceFolder, withEvidence } from './evidence-folder.ts'

/** A cell of which something came to light when its result was handed over already. */
export interface Late {
  readonly cell: CatalogueCell
  readonly result: CellResult
  /** A sentence each. */
  readonly endedLater: readonly string[]
}

/**
 * Its result with that, written over the one before: what was gathered says it, too, so that whoever judges it again finds the same.
 * Errors: HarnessError `gathered-broken` where its evidence is not there any more.
 */
export async function judgedAnew(
  out: string,
  subject: Subject,
  { cell, result, endedLater }: Late,
): Promise<CellResult> {
  const file = join(out, evidenceFolder(subject.name, cell.cellId), gatheredFile)
  const before = await readGatheredFile(file)
  const record = { ...before, evidence: { ...before.evidence, endedLater } }
  await writeGathered(file, record)
  const told = playedResult(cell, subject, record, judgeAgain(cell.cell, record))
  return withEvidence(out, { ...told, milliseconds: result.milliseconds })
}
