import { afterAll, describe, inject, test } from 'vitest'
import { actFor } from '../engine/temporary.ts'
import { withEvidence } from '../run/evidence-folder.ts'
import { keepIn } from '../run/keep-gathered.ts'
import { ScenarioRun } from '../run/scenario-run.ts'
import type { Scenario } from '../scenario/claim.ts'
import { AddressBook } from '../world/address-book.ts'
import { Namespaces } from '../world/namespaces.ts'
import { Seats } from '../world/seats.ts'
import type { Ground } from '../world/world.ts'
import type { WorkerContext } from './context.ts'
import { describeToAllure } from './allure.ts'
import { isKept, problemOf } from './kept.ts'

/** Milliseconds: a cell ends by its own limits (`useLimit`); this only keeps a broken harness from hanging. */
const cellLimit = 150_000

/** Makes the tests of a scenario: one per subject and cell. */
export function register(scenario: Scenario): void {
  const context = inject('etcdTls')
  actFor(context.runId)
  for (const subject of context.subjects) {
    const keep = keepIn(context.out, context.runId)
    const run = new ScenarioRun(scenario, subject, context.only, undefined, keep)
    if (run.cells.length === 0) continue
    // A cell may have to wait for all the others.
    const limit = cellLimit * run.cells.length
    describe(`${scenario.id} on ${subject.name}`, () => {
      // Told between two tests that the run is cancelled, vitest skips the others and tells no one of ours.
      afterAll(() => {
        run.stop()
        return run.done()
      }, limit)
      for (const cell of run.cells)
        test(cell.cellId, { timeout: limit }, async ({ task, skip, signal }) => {
          signal.addEventListener('abort', () => run.stop())
          const result = await withEvidence(context.out, await run.result(cell.cellId, () => ground(context)))
          const { milliseconds, counts } = run.watch
          task.meta.etcdTls = {
            section: scenario.id,
            file: task.file.filepath,
            result,
            milliseconds: { ...milliseconds },
            counts: { ...counts },
          }
          await describeToAllure(cell, subject, context.subjects, result)
          if (result.verdict === 'not-applicable') skip(result.notApplicable)
          if (!isKept(result)) throw problemOf(result)
        })
    })
  }
}

const grounds = new Map<string, Ground>()

/** One ground per worker: its addresses are never handed out twice at a time. */
function ground(context: WorkerContext): Promise<Ground> {
  const worker = process.env['VITEST_POOL_ID'] ?? '0'
  const known = grounds.get(worker)
  if (known !== undefined) return Promise.resolve(known)
  const { runId, network, tools, sharesFolders } = context
  const shared = { runId, network, worker, addresses: new AddressBook(network, Number(worker)) }
  const namespaces = sharesFolders ? { namespaces: new Namespaces(shared) } : {}
  const made = { ...shared, ...namespaces, tools, sharesFolders, seats: new Seats(shared) }
  grounds.set(worker, made)
  return Promise.resolve(made)
}
