import { coerce } from 'semver'
import { buildGo, findRelease } from '../../../../fixtures/releases.ts'
import { sampleResult, sampleSubject } from '../../../../reports/testing/sample-parts.ts'
import { verdicts, type CellResult, type Results } from '../../../../reports/schema.ts'
import { HarnessError } from '../../../errors.ts'
import type { RunOne } from '../plays.ts'

/** Which verdict a cell has on a build. A text with a space is why the build cannot be had. */
export type Verdicts = (etcd: string, go: string, cell: string) => string

/** A run that judges by a table; `runs` tells what was asked of it. */
export function fakeRun(verdictOf: Verdicts): {
  run: RunOne
  runs: { asked: string; only: readonly string[] }[]
} {
  const runs: { asked: string; only: readonly string[] }[] = []
  const run: RunOne = async ({ subjects: [asked = ''], only }) => {
    runs.push({ asked, only })
    const etcd = coerce(asked)?.version ?? ''
    const release = findRelease(etcd)
    const go = /\+go([\d.]+)/.exec(asked)?.[1] ?? (release === undefined ? '1.26.10' : buildGo(release))
    const subject = { ...sampleSubject(etcd), name: `${etcd}@module+go${go}`, asked, go }
    const results = only.map((cell) => resultOf(cell, subject.name, verdictOf(etcd, go, cell)))
    return Promise.resolve({ run: {}, subjects: [subject], results } as unknown as Results)
  }
  return { run, runs }
}

function resultOf(cell: string, subject: string, said: string): CellResult {
  const verdict = verdicts.find((one) => one === said)
  if (verdict === undefined) throw new HarnessError('module-refused', said, { exit: 2 })
  return sampleResult(cell, subject, {
    verdict,
    seen: `${said} was seen`,
    ...(verdict === 'inconclusive' && { why: ['no health'] }),
    ...(verdict === 'not-applicable' && { notApplicable: 'the option was removed' }),
  })
}
