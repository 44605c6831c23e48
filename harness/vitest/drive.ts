import { extname, join } from 'node:path'
import { BaseSequencer, createVitest, type TestSpecification } from 'vitest/node'
import { HarnessError } from '../errors.ts'
import type { Part } from '../run/parts.ts'
import { ownFolder } from '../own-folder.ts'
import type { CellMeta, WorkerContext } from './context.ts'
import { AllureOutcomes } from './allure.ts'
import { CellReporter } from './reporter.ts'

export interface Drive {
  /** What all workers are told. */
  readonly context: Omit<WorkerContext, keyof Part>
  /** What each plays, a worker for each. */
  readonly parts: readonly Part[]
  readonly signal: AbortSignal
  readonly onCell: (meta: CellMeta) => void
  /** Cells that were handed over before, and whose results are others now. */
  readonly onAnew: (metas: readonly CellMeta[]) => void
}

/**
 * Runs the cells of scenario files as tests, subject after subject, and hands over each as it is done. A subject is one
 * worker that knows all files: only so can files share worlds, and no lane is idle while others have work.
 * Errors: HarnessError `runner` when a file or worker broke; cells that are missing then are the caller's to name.
 */
export async function drive({ context, parts, signal, onCell, onAnew }: Drive): Promise<void> {
  const outcomes = new AllureOutcomes(context.subjects)
  const reporter = new CellReporter(
    (meta) => {
      outcomes.take(meta.result)
      onCell(meta)
    },
    (metas) => {
      for (const { result } of metas) outcomes.take(result)
      onAnew(metas)
    },
  )
  const allure = { resultsDir: join(context.out, 'allure-results'), listeners: [outcomes] }
  const vitest = await createVitest({
    config: false,
    root: ownFolder,
    watch: false,
    reporters: [reporter, ['allure-vitest/reporter', allure]],
    passWithNoTests: true,
    // Written into the package otherwise, which may be another user's.
    cache: false,
    fsModuleCache: false,
    experimental: { viteModuleRunner: false, diagnostics: false },
    // Said for the whole as well as for each: the sequencer is one.
    sequence: { sequencer: inOrder([...new Set(parts.flatMap(({ files }) => files))]) },
    projects: parts.map((part, n) => ({
      test: {
        name: part.subject.name,
        root: ownFolder,
        include: part.files.map(escapePath),
        // A package lies below node_modules.
        exclude: [],
        setupFiles: [join(import.meta.dirname, `setup${extname(import.meta.filename)}`)],
        fsModuleCache: false,
        pool: 'threads' as const,
        isolate: false,
        maxWorkers: 1,
        provide: { etcdTls: { ...context, ...part } },
        sequence: { groupOrder: n },
        experimental: { viteModuleRunner: false },
      },
    })),
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

/** A path as a pattern that matches it alone. */
const escapePath = (path: string): string => path.replaceAll(/[()[\]{}!*?+@|\\]/g, '\\$&')

/** vitest would begin with the largest file, or with what took longest on this host the last time. */
const inOrder = (files: readonly string[]): typeof BaseSequencer =>
  class extends BaseSequencer {
    override sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
      const place = ({ moduleId }: TestSpecification) => files.indexOf(moduleId)
      return Promise.resolve(specs.toSorted((a, b) => place(a) - place(b)))
    }
  }
