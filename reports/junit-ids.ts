import { historyLineOf } from './line.ts'
import type { SubjectRecord } from './schema.ts'

/** Names of a section's testsuite and of the classname of its testcases. */
export type SuiteIds = (section: string, subject: SubjectRecord) => string

/**
 * Dashboards keep the history of a testcase by classname and name, so no version is in them: of one build a section is
 * the classname as it is, and 3.7.3 goes on where 3.6.16 ended. Several builds in one file are told apart by their
 * lines (`security/https 3.6@module`). The exact build is a property of the suite.
 */
export function suiteIds(subjects: readonly SubjectRecord[]): SuiteIds {
  if (subjects.length < 2) return (section) => section
  return (section, subject) => `${section} ${historyLineOf(subject, subjects)}`
}
