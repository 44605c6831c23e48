import { refusalFingerprint } from '../../fixtures/refusals.ts'
import { listed, type AlertsOfBuild, type SeenAlert } from '../../fixtures/alerts-seen.ts'

/** What a build sent and the tables say otherwise, a sentence each. Pure. */
export function contradictions({ etcd, go, alerts }: AlertsOfBuild): string[] {
  return listed(alerts).flatMap(({ reason, offered, alert }) => {
    const expected = refusalFingerprint(reason, { etcd, go, tls: offered }).alert ?? null
    const who = `etcd ${etcd} with Go ${go}, ${reason}, TLS ${offered}`
    return expected === alert ? [] : [`${who}: sent ${inWords(alert)}, the tables say ${inWords(expected)}`]
  })
}

/** What two lists of one build differ in. */
export function changes(before: AlertsOfBuild, after: AlertsOfBuild): string[] {
  const key = ({ reason, offered }: SeenAlert): string => `${reason}, TLS ${offered}`
  const known = new Map(listed(before.alerts).map((one) => [key(one), one.alert]))
  const now = new Set(listed(after.alerts).map(key))
  const who = `etcd ${after.etcd} with Go ${after.go}`
  return [
    ...listed(after.alerts)
      .filter((one) => known.get(key(one)) !== one.alert)
      .map((one) => `${who}, ${key(one)}: ${inWords(one.alert)}, was ${inWords(known.get(key(one)))}`),
    ...[...known.keys()].filter((one) => !now.has(one)).map((one) => `${who}, ${one}: not seen this time`),
  ]
}

const inWords = (alert: number | null | undefined): string =>
  alert === undefined ? 'not seen' : alert === null ? 'no alert' : `alert ${String(alert)}`
