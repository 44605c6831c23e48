import { inject } from 'vitest'
import { actFor } from '../engine/temporary.ts'
import { loadCatalogue } from '../run/catalogue/catalogue.ts'
import { keepIn } from '../run/gather/keep-gathered.ts'
import { SubjectRun } from '../run/subject-run.ts'
import { onScenario } from '../scenario/scenario.ts'
import { register } from './register.ts'
import { workerGround } from './worker-ground.ts'

/** The runner executes this file before each scenario file; what a worker plays is made once. */
const begun = Symbol.for('etcd-tls.vitest.begun')
const registry = globalThis as { [begun]?: true }

/**
 * Scenario files are test files: each scenario that is declared while one loads becomes its tests. The run of a worker
 * has to know all of them before the first test waits for it, so it loads them once by itself, unheard, as an edition of
 * their own: Node runs a module once, and the runner has yet to load it.
 */
if (registry[begun] === undefined) {
  registry[begun] = true
  const context = inject('etcdTls')
  actFor(context.runId)
  const keep = keepIn(context.out, context.runId)
  const planned = await loadCatalogue(context.files, '?planned')
  const run = new SubjectRun(planned, context.subject, context, undefined, keep)
  const ground = workerGround(context)
  onScenario((scenario) => {
    register(scenario, { context, run, ground })
  })
}
