import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadResults, type CellResult, type Results } from '../../reports/index.ts'
import { temporaryFolder, type TemporaryFolder } from '../engine/temporary.ts'
import { cellsOf, type CatalogueCell } from '../run/catalogue/cells.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { observations } from '../run/cell-result.ts'
import { spelt } from '../run/release/spelling.ts'
import { claimDigest } from './claim-digest.ts'
import { judgeAgain } from './judge-again.ts'
import { readGatheredFile } from './read.ts'
import { gatheredFile } from './write.ts'

const cli = join(import.meta.dirname, '../cli/main.ts')
let folder: TemporaryFolder
let cells: readonly CatalogueCell[]
beforeAll(async () => {
  folder = await temporaryFolder('gathered')
  cells = (await loadCatalogue()).flatMap(cellsOf)
})
afterAll(() => folder[Symbol.asyncDispose]())

/** A cell of every kind there is: outcome and act, with a guard-less world or a declaration and without. */
function ofEveryKind(): string[] {
  const kindOf = ({ cell }: CatalogueCell): string =>
    [cell.then.outcome, cell.when.kind, 'without' in cell && 'guarded', cell.known && 'declared'].join()
  const asked = cells.filter(({ claimId }) => !/^security-v2|\/recipe\/|\/proxy\//.test(claimId))
  return [...Map.groupBy(asked, kindOf).values()].flatMap(([first]) => first?.cellId ?? [])
}

async function run(subject: string, only: readonly string[]): Promise<Results> {
  const out = join(folder.path, subject)
  await execa(
    process.execPath,
    [cli, 'run', '--etcd', subject, '--out', out, ...only.flatMap((id) => ['--only', id])],
    { all: true, reject: false },
  )
  return loadResults(join(out, 'results.json'))
}

/** What the judge says of the stored evidence, and what else the results have of it. */
async function again(result: CellResult, subject: string, etcd: string): Promise<Partial<CellResult>> {
  const record = await readGatheredFile(join(folder.path, subject, result.evidence ?? '', gatheredFile))
  const found = cells.find(({ cellId }) => cellId === result.cell)
  if (found === undefined) throw new Error(`no such cell: ${result.cell}`)
  const cell = { ...found, cell: spelt(found.cell, etcd) }
  expect(record).toMatchObject({ cell: result.cell, asked: claimDigest(cell), subject: { etcd } })
  return { ...judgeAgain(cell.cell, record), ...observations(record.evidence), world: record.world }
}

describe.each([
  ['3.6.16', ofEveryKind],
  // From before several steps: absent behaviour, unknown options, other formats of the log.
  ['3.2.4', () => ['security/peer-*/**', 'security/host-whitelist/**', 'security/reload/**']],
])('evidence of %s', (subject, only) => {
  test('is judged again from its file, and comes out as it did', async () => {
    const results = await run(subject, only())
    const played = results.results.filter(({ verdict }) => verdict !== 'not-applicable')
    expect(played.length).toBeGreaterThan(30)
    expect(played.filter(({ checks }) => checks.length === 0).map(({ cell }) => cell)).toEqual([])
    for (const result of played) {
      const { log = [], ...anew } = await again(result, subject, results.subjects[0]?.etcd ?? '')
      const { log: kept = [], ...stored } = result
      expect(stored, result.cell).toMatchObject(JSON.parse(JSON.stringify(anew)) as object)
      expect(log.slice(-kept.length), result.cell).toEqual(kept)
    }
  })
})
