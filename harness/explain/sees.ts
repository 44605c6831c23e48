import { alertInWords } from '../../fixtures/refusal-alerts.ts'
import { refusalFingerprint } from '../../fixtures/refusals.ts'
import { numberOf } from '../../fixtures/step.ts'
import type { Check } from './explanation.ts'
import type { Question } from './question.ts'
import type { Started } from './start.ts'

/** What the side that is turned away sees of it, by the tables of refusals; undefined where they do not say. */
export function sees(
  checks: readonly Check[],
  started: Started,
  { build, tls }: Question,
): string | undefined {
  const reason = checks.find(({ decides }) => decides === true)?.reason
  if (reason === undefined || 'failure' in started) return undefined
  const version = tls ?? started.range.versions.at(-1)
  const { alert, log } = refusalFingerprint(reason, {
    etcd: numberOf(build.etcd),
    go: build.go,
    listener: started.settings.listener,
    ...(version === undefined ? {} : { tls: version }),
  })
  const shown =
    alert === undefined
      ? 'the connection is closed without an alert'
      : `TLS alert ${String(alert)}, ${alertInWords(alert)}`
  return 'silent' in log ? `${shown}; ${log.silent}` : shown
}
