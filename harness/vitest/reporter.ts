import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node'
import type { CellMeta } from './context.ts'

/** Hands each cell over as its test ends, or as its suite does where the run was ended before its test; keeps what broke outside of tests. */
export class CellReporter implements Reporter {
  readonly errors: string[] = []
  readonly #onCell: (meta: CellMeta) => void
  readonly #onAnew: (metas: readonly CellMeta[]) => void

  /** `onAnew` is told of cells that were handed over before and are others now. */
  constructor(onCell: (meta: CellMeta) => void, onAnew: (metas: readonly CellMeta[]) => void) {
    this.#onCell = onCell
    this.#onAnew = onAnew
  }

  onTestCaseResult(testCase: TestCase): void {
    const meta = testCase.meta().etcdTls
    if (meta !== undefined) this.#onCell(meta)
  }

  onTestSuiteResult(suite: TestSuite): void {
    for (const meta of suite.meta().etcdTlsUntaken ?? []) this.#onCell(meta)
    const anew = suite.meta().etcdTlsAnew ?? []
    if (anew.length > 0) this.#onAnew(anew)
    for (const { message } of suite.errors()) this.errors.push(`${suite.fullName}: ${message}`)
  }

  onTestModuleEnd(module: TestModule): void {
    for (const { message } of module.errors()) this.errors.push(`${module.moduleId}: ${message}`)
  }

  onTestRunEnd(_: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    for (const { message } of unhandled) this.errors.push(message)
  }
}
