import { join } from 'node:path'
import { expect } from 'vitest'
import type { CellResult, Results } from '../../../reports/index.ts'
import { cellsOf, type CatalogueCell } from '../../run/catalogue/cells.ts'
import { loadCatalogue } from '../../run/catalogue/catalogue.ts'
import { observations } from '../../run/cell-result.ts'
import { spelt } from '../../run/release/spelling.ts'
import { asWritten } from '../as-written.ts'
import { claimDigest } from '../claim-digest.ts'
import { judgeAgain } from '../judge-again.ts'
import { readGatheredFile } from '../read.ts'
import { gatheredFile } from '../write.ts'

/**
 * Fails where a cell that a run played, judged again from the evidence in the run's folder, comes out otherwise, or
 * where the results say something else of it than its evidence.
 * @returns how many cells were judged
 */
export async function expectJudgedAgain(folder: string, results: Results): Promise<number> {
  const cells = new Map((await loadCatalogue()).flatMap(cellsOf).map((cell) => [cell.cellId, cell]))
  const etcd = results.subjects[0]?.etcd ?? ''
  const played = results.results.filter(({ verdict }) => verdict !== 'not-applicable')
  expect(played.filter(({ checks }) => checks.length === 0).map(({ cell }) => cell)).toEqual([])
  for (const result of played) {
    const { log = [], ...anew } = await again(result, folder, cells.get(result.cell), etcd)
    const { log: kept = [], ...stored } = result
    expect(stored, result.cell).toMatchObject(asWritten<object>(anew))
    expect(log.slice(-kept.length), result.cell).toEqual(kept)
  }
  return played.length
}

/** What the judge says of the stored evidence, and what else the results have of it. */
async function again(
  result: CellResult,
  folder: string,
  found: CatalogueCell | undefined,
  etcd: string,
): Promise<Partial<CellResult>> {
  const record = await readGatheredFile(join(folder, result.evidence ?? '', gatheredFile))
  if (found === undefined) throw new Error(`no such cell: ${result.cell}`)
  const cell = { ...found, cell: spelt(found.cell, etcd) }
  expect(record).toMatchObject({ cell: result.cell, asked: claimDigest(cell), subject: { etcd } })
  return { ...judgeAgain(cell.cell, record), ...observations(record.evidence), world: record.world }
}
