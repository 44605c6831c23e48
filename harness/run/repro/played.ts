import type { CellResult, Results, SubjectRecord } from '../../../reports/schema.ts'
import { HarnessError, inputError } from '../../errors.ts'
import type { Subject } from '../../subject/subject.ts'
import type { CatalogueCell } from '../catalogue/cells.ts'

/** Results from before they named the commands of a subject are of images that had them here. */
const usual = { etcd: '/usr/local/bin/etcd', etcdctl: '/usr/local/bin/etcdctl' } as const

/**
 * The subject of results: the only one, or the one that was asked for or is named so.
 * Errors: `which-subject`, `no-such-subject` (exit 2).
 */
export function subjectIn({ subjects }: Results, wanted: string | undefined): Subject {
  const named = subjects.map(({ name }) => name).join(', ')
  const found =
    wanted === undefined ? subjects : subjects.filter(({ name, asked }) => [name, asked].includes(wanted))
  const [one, ...more] = found
  if (one === undefined)
    throw inputError('no-such-subject', `The results are of ${named}, not of ${wanted ?? 'any build'}.`)
  if (more.length > 0)
    throw inputError('which-subject', `The results are of several builds (${named}); name one with --etcd.`)
  return subjectOf(one)
}

const subjectOf = (record: SubjectRecord): Subject => {
  const { etcd, etcdctl } = record.commands ?? usual
  return {
    ...record,
    tls: record.tls as Subject['tls'],
    commands: { etcd, ...(etcdctl === undefined ? {} : { etcdctl }) },
  }
}

/**
 * The result of a cell, if a folder can be made of it.
 * Errors: `not-in-results`, `not-applicable` (exit 2); `inconclusive` (exit 3): nothing was proved that could be shown again.
 */
export function resultOf({ results }: Results, { cellId }: CatalogueCell, { name }: Subject): CellResult {
  const result = results.find(({ cell, subject }) => cell === cellId && subject === name)
  if (result === undefined)
    throw inputError('not-in-results', `The results hold nothing of ${cellId}; play it, without --results.`)
  if (result.verdict === 'not-applicable')
    throw inputError('not-applicable', `${cellId} cannot be asked of ${name}: ${result.notApplicable ?? ''}`)
  if (result.verdict !== 'inconclusive') return result
  throw new HarnessError(
    'inconclusive',
    `${cellId} was inconclusive on ${name}, so there is nothing to show: ${result.why.join('; ')}`,
  )
}
