import type { Reporter, TestCase, TestModule } from 'vitest/node'
import type { CellMeta } from './context.ts'

/** Hands each cell over as its test ends; keeps what broke outside of tests. */
export class CellReporter implements Reporter {
  readonly errors: string[] = []
  readonly #onCell: (meta: CellMeta) => void

  constructor(onCell: (meta: CellMeta) => void) {
    this.#onCell = onCell
  }

  onTestCaseResult(testCase: TestCase): void {
    const meta = testCase.meta().etcdTls
    if (meta !== undefined) this.#onCell(meta)
  }

  onTestModuleEnd(module: TestModule): void {
    for (const { message } of module.errors()) this.errors.push(`${module.moduleId}: ${message}`)
  }

  onTestRunEnd(_: readonly TestModule[], unhandled: readonly { message: string }[]): void {
    for (const { message } of unhandled) this.errors.push(message)
  }
}
