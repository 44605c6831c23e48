import type { SubjectRecord } from './schema.ts'
import { lineOf } from './version.ts'

type Named = Pick<SubjectRecord, 'name' | 'etcd' | 'source'>

/**
 * The line a subject belongs to, `3.6@module`: history goes on from 3.6.15 to 3.6.16. Two subjects of one line in one
 * run are told apart by their names, or a dashboard would take the second for a retry of the first.
 */
export function historyLineOf(subject: Named, subjects: readonly Named[] = []): string {
  const line = ({ etcd, source }: Named) => `${lineOf(etcd)}@${source}`
  const alone = subjects.every((other) => other.name === subject.name || line(other) !== line(subject))
  return alone && !['liar', 'bent'].includes(subject.source) ? line(subject) : subject.name
}
