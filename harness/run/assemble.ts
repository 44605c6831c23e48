import { availableParallelism } from 'node:os'
import { option } from '../../fixtures/options.ts'
import { securityOptions } from '../../fixtures/security-options.ts'
import packageFile from '../../package.json' with { type: 'json' }
import type { CellResult, Results } from '../../reports/schema.ts'
import { HarnessError } from '../errors.ts'
import type { Scenario } from '../scenario/claim.ts'
import type { Subject } from '../subject/subject.ts'
import type { CatalogueCell } from './catalogue/cells.ts'
import { unfinished } from './cell-result.ts'
import { coverage } from './catalogue/coverage.ts'
import type { RunOptions } from './events.ts'
import { claimsOf, sectionsOf, type Plan } from './plan.ts'
import { subjectRecord } from './catalogue/records.ts'
import { reuseWords } from './reuse/of-run.ts'
import type { Reuse } from './reuse/reuse.ts'
import type { Tally } from './tally.ts'

/** What a run was asked, and what it found out. */
interface Parts {
  readonly options: RunOptions
  readonly started: Date
  readonly engine: string
  readonly scenarios: readonly Scenario[]
  readonly subjects: readonly Subject[]
  readonly plan: Plan
  readonly tally: Tally
  readonly problem: string | undefined
  /** Of a run that plays nothing it is not known. */
  readonly harness?: string
  readonly reuse?: Reuse | undefined
}

/** The results of a run. Every cell of the plan has exactly one on every subject. */
export function assemble(parts: Parts): Results {
  const { options, started, engine, scenarios, subjects, plan, tally, problem, harness, reuse } = parts
  const { cells, shard } = plan
  const claims = claimsOf(cells)
  const finished = new Date()
  return {
    format: 'etcd-tls/results',
    formatVersion: 1,
    tool: { name: packageFile.name, version: packageFile.version },
    run: {
      id: options.runId,
      started: started.toISOString(),
      finished: finished.toISOString(),
      command: [...(options.command ?? commandOf(options, shard))],
      host: {
        platform: `${process.platform}/${process.arch}`,
        cpus: availableParallelism(),
        node: process.version,
        engine,
      },
      ...(harness !== undefined && { harness }),
      ...(options.only.length > 0 && { only: [...options.only] }),
      ...(options.files !== undefined && { files: [...options.files] }),
      ...(problem === undefined ? {} : { interrupted: problem }),
    },
    subjects: subjects.map(subjectRecord),
    ...(shard !== undefined && { shard }),
    sections: sectionsOf(claims, scenarios),
    claims,
    options: securityOptions.map((name) => ({ name, listener: option(name).listener })),
    coverage: coverage(claims, options.files === undefined && options.only.length === 0),
    results: subjects.flatMap((subject) =>
      cells.map(
        (cell) => reuse?.result(subject.name, cell.cellId) ?? resultOf(cell, subject, tally, problem),
      ),
    ),
    phases: tally.phases(started, finished),
  }
}

const commandOf = ({ subjects, only, sinceLastGood }: RunOptions, shard: Plan['shard']): string[] => [
  'etcd-tls',
  'run',
  ...subjects.flatMap((subject) => ['--etcd', subject]),
  ...only.flatMap((glob) => ['--only', glob]),
  ...(shard === undefined ? [] : ['--shard', `${String(shard.index)}/${String(shard.of)}`]),
  ...reuseWords(sinceLastGood),
]

/** One that is missing is inconclusive. */
function resultOf(
  cell: CatalogueCell,
  subject: Subject,
  tally: Tally,
  problem = 'the worker gave no result',
): CellResult {
  return (
    tally.result(subject.name, cell.cellId) ?? unfinished(cell, subject, new HarnessError('not-run', problem))
  )
}
