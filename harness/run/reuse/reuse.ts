import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { keyOf } from '../../../reports/results-view.ts'
import type { CellResult } from '../../../reports/schema.ts'
import { asWritten } from '../../gathered/as-written.ts'
import { claimDigest } from '../../gathered/claim-digest.ts'
import { judgeAgain } from '../../gathered/judge-again.ts'
import { readGatheredFile } from '../../gathered/read.ts'
import { gatheredFile } from '../../gathered/write.ts'
import type { Subject } from '../../subject/subject.ts'
import { notApplicable } from '../release/applicability.ts'
import { sectionOf, type CatalogueCell } from '../catalogue/cells.ts'
import { notAsked, playedResult } from '../cell-result.ts'
import { evidenceFolder } from '../gather/evidence-folder.ts'
import { subjectRecord } from '../catalogue/records.ts'
import { spelt } from '../release/spelling.ts'
import type { LastGood, Reusable } from './reusable.ts'

/** Written beside evidence that is from an earlier run. */
const noteFile = 'reused.txt'

/** Cells that need not be played, with their results: those that were good, and those that do not apply. */
export class Reuse {
  readonly #results = new Map<string, CellResult>()

  /** @param again which cells are to be played all the same */
  static async of(
    cells: readonly CatalogueCell[],
    subjects: readonly Subject[],
    lastGood: LastGood,
    { out, again }: { readonly out: string; readonly again: (cell: CatalogueCell) => boolean },
  ): Promise<Reuse> {
    const reuse = new Reuse()
    for (const subject of subjects)
      for (const cell of cells.filter((one) => !again(one))) {
        const result = await resultOf(cell, subject, lastGood, out)
        if (result !== undefined) reuse.#results.set(keyOf(subject.name, cell.cellId), result)
      }
    return reuse
  }

  result(subject: string, cell: string): CellResult | undefined {
    return this.#results.get(keyOf(subject, cell))
  }

  /** Ids of the cells that a subject is not asked again. */
  cells(subject: string): string[] {
    return [...this.#results.values()].filter((one) => one.subject === subject).map(({ cell }) => cell)
  }

  get results(): CellResult[] {
    return [...this.#results.values()]
  }
}

async function resultOf(
  cell: CatalogueCell,
  subject: Subject,
  lastGood: LastGood,
  out: string,
): Promise<CellResult | undefined> {
  const spelled = { ...cell, cell: spelt(cell.cell, subject.etcd) }
  const outside = notApplicable(sectionOf(cell), spelled.cell, subject)
  if (outside !== undefined) return notAsked(spelled, subject, outside)
  const found = lastGood.find(cell.cellId, claimDigest(cell), subjectRecord(subject))
  if (found === undefined || !(await isBorneOut(found, spelled, subject))) return undefined
  return withItsEvidence(found, out)
}

/**
 * Whether the evidence gives this very result again: a file of results may have been edited, and a run that was killed
 * may have left half of the evidence.
 */
async function isBorneOut(
  { folder, result }: Reusable,
  cell: CatalogueCell,
  subject: Subject,
): Promise<boolean> {
  const evidence = evidenceFolder(subject.name, cell.cellId)
  const { milliseconds: _, reused, evidence: place, ...told } = result
  if (place !== evidence) return false
  const record = await readGatheredFile(join(folder, evidence, gatheredFile)).catch(() => undefined)
  if (record?.run !== reused?.run || record?.cell !== cell.cellId || record.asked !== claimDigest(cell))
    return false
  const { name, etcd, go, tls, image } = subject
  if (!isDeepStrictEqual(record.subject, { name, etcd, go, tls, image })) return false
  const { log: all = [], ...anew } = asWritten(
    playedResult(cell, subject, record, judgeAgain(cell.cell, record)),
  )
  const { log = [], ...then } = asWritten(told)
  // Results may keep fewer lines of a log than were gathered, its last ones.
  return isDeepStrictEqual(anew, then) && isDeepStrictEqual(all.slice(all.length - log.length), log)
}

/** The evidence comes along, so that a run's folder is whole. */
async function withItsEvidence({ folder, result }: Reusable, out: string): Promise<CellResult | undefined> {
  if (result.reused === undefined) return undefined
  const evidence = evidenceFolder(result.subject, result.cell)
  await cp(join(folder, evidence), join(out, evidence), { recursive: true })
  const { run, started } = result.reused
  await writeFile(
    join(out, evidence, noteFile),
    `Not played again: this is from run ${run}, started ${started}.\n`,
  )
  return { ...result, evidence }
}
