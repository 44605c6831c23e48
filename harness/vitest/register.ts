import { afterAll, describe, test } from 'vitest'
import type { CellResult } from '../../reports/schema.ts'
import { withEvidence } from '../run/gather/evidence-folder.ts'
import { judgedAnew } from '../run/gather/judged-anew.ts'
import { cellsOf } from '../run/catalogue/cells.ts'
import type { SubjectRun } from '../run/subject-run.ts'
import type { Scenario } from '../scenario/claim.ts'
import type { CellMeta, WorkerContext } from './context.ts'
import { describeToAllure } from './allure.ts'
import { isKept, problemOf } from './kept.ts'
import type { WorkerGround } from './worker-ground.ts'

/** Milliseconds: a cell ends by its own limits (`useLimit`); this only keeps a broken harness from hanging. */
const cellLimit = 150_000

/** What the tests of a worker play. */
export interface Played {
  readonly context: WorkerContext
  readonly run: SubjectRun
  readonly ground: WorkerGround
}

/** Makes the tests of a scenario: one per cell. */
export function register(scenario: Scenario, { context, run, ground }: Played): void {
  const { subject, subjects, out } = context
  const own = new Set(cellsOf(scenario).map(({ cellId }) => cellId))
  const cells = run.cells.filter(({ cellId }) => own.has(cellId))
  if (cells.length === 0) return
  // A cell may have to wait for all the others.
  const limit = cellLimit * run.cells.length
  describe(`${scenario.id} on ${subject.name}`, () => {
    // Told between two tests that the run is cancelled, vitest skips the others and tells no one of ours.
    // eslint-disable-next-line no-empty-pattern -- vitest reads the names of fixtures from it, and takes nothing else
    afterAll(async ({}, suite) => {
      if (!(await run.leave(cells.map(({ cellId }) => cellId)))) return
      const kept = run.untaken().map((result) => withEvidence(out, result))
      suite.meta.etcdTlsUntaken = (await Promise.all(kept)).map((result) => metaOf(result, run))
      const anew = run.late().map((late) => judgedAnew(out, subject, late))
      suite.meta.etcdTlsAnew = (await Promise.all(anew)).map((result) => metaOf(result, run))
      await ground.clear()
    }, limit)
    for (const cell of cells)
      test(cell.cellId, { timeout: limit }, async ({ task, skip, signal }) => {
        signal.addEventListener('abort', () => run.stop())
        const result = await withEvidence(out, await run.result(cell.cellId, () => Promise.resolve(ground)))
        task.meta.etcdTls = metaOf(result, run)
        await describeToAllure(cell, subject, subjects, result)
        if (result.verdict === 'not-applicable') skip(result.notApplicable)
        if (!isKept(result)) throw problemOf(result)
      })
  })
}

function metaOf(result: CellResult, { watch: { milliseconds, counts } }: SubjectRun): CellMeta {
  const section = result.claim.slice(0, result.claim.lastIndexOf('/'))
  return { section, result, milliseconds: { ...milliseconds }, counts: { ...counts } }
}
