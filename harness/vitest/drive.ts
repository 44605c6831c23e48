import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { BaseSequencer, createVitest, type TestSpecification } from 'vitest/node'
import { HarnessError } from '../errors.ts'
import type { CellMeta, WorkerContext } from './context.ts'
import { CellReporter } from './reporter.ts'

export interface Drive {
  /** Scenario files, absolute; begun in this order. */
  readonly files: readonly string[]
  readonly context: WorkerContext
  readonly signal: AbortSignal
  readonly onCell: (meta: CellMeta) => void
}

/**
 * Runs the cells of scenario files as tests, in parallel workers, and hands over each as it is done.
 * Errors: HarnessError `runner` when a file or worker broke; cells that are missing then are the caller's to name.
 */
export async function drive({ files, context, signal, onCell }: Drive): Promise<void> {
  const reporter = new CellReporter(onCell)
  const vitest = await createVitest({
    config: false,
    root: resolve(import.meta.dirname, '../..'),
    watch: false,
    include: [...files],
    setupFiles: [join(import.meta.dirname, 'setup.ts')],
    // Workers are kept: loading the engine's client takes longer than most worlds.
    pool: 'threads',
    isolate: false,
    maxWorkers: Math.max(2, Math.min(8, availableParallelism())),
    reporters: [reporter, ['allure-vitest/reporter', { resultsDir: join(context.out, 'allure-results') }]],
    provide: { etcdTls: context },
    passWithNoTests: true,
    sequence: { sequencer: inOrder(files) },
    experimental: { viteModuleRunner: false, diagnostics: false },
  })
  const cancel = () => void vitest.cancelCurrentRun('keyboard-input')
  signal.addEventListener('abort', cancel)
  try {
    await vitest.start()
  } finally {
    signal.removeEventListener('abort', cancel)
    await vitest.close()
  }
  const [broken] = reporter.errors
  if (broken !== undefined && !signal.aborted)
    throw new HarnessError('runner', `The test runner broke: ${broken}`)
}

/** vitest would begin with the largest file, or with what took longest on this host the last time. */
const inOrder = (files: readonly string[]): typeof BaseSequencer =>
  class extends BaseSequencer {
    override sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
      const place = ({ moduleId }: TestSpecification) => files.indexOf(moduleId)
      return Promise.resolve(specs.toSorted((a, b) => place(a) - place(b)))
    }
  }
