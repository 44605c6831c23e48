import type { AlertsOfBuild, SeenAlert } from '../../fixtures/alerts-seen.ts'
import { refusalReasons, type RefusalReason } from '../../fixtures/refusals.ts'
import type { CellResult, Observation, Results } from '../../reports/schema.ts'

/** What was seen of a build, and the cells of which nothing can be said. */
export interface Read {
  readonly build: AlertsOfBuild
  readonly untold: readonly string[]
}

/** The alerts in the results of `alerts.scenario.ts`, by build. Pure. */
export function seenIn({ subjects, results }: Results): Read[] {
  return subjects.map(({ name, etcd, go }) => {
    const own = results.filter(({ subject, verdict }) => subject === name && verdict !== 'not-applicable')
    const read = own.map((result) => ({ cell: result.cell, fact: factOf(result) }))
    const facts = read.flatMap(({ fact }) => fact ?? []).toSorted(byReason)
    const reasons = Map.groupBy(facts, ({ reason }) => reason)
    const alerts = Object.fromEntries(
      [...reasons].map(([reason, of]) => [
        reason,
        Object.fromEntries(of.map(({ offered, alert }) => [offered, alert])),
      ]),
    )
    return {
      build: { etcd, go, alerts },
      untold: read.filter(({ fact }) => fact === undefined).map(({ cell }) => `${name}: ${cell}`),
    }
  })
}

const byReason = (a: SeenAlert, b: SeenAlert): number =>
  `${a.reason} ${a.offered}` < `${b.reason} ${b.offered}` ? -1 : 1

/** Undefined where the refusal was not shown to be the one that was provoked: its alert would be another reason's. */
function factOf(result: CellResult): SeenAlert | undefined {
  const between = result.timeline?.find(({ name }) => name === 'in between')
  const seen = between === undefined ? [result.probe, result.again] : [between.seen]
  const reason = reasonOf(result)
  const offered = offers.find((version) => result.cell.endsWith(`=${version}`))
  const [alert, ...others] = new Set(seen.map(alertIn))
  if (reason === undefined || offered === undefined || alert === undefined || others.length > 0)
    return undefined
  return { reason, offered, alert }
}

const offers = ['1.1', '1.2', '1.3'] as const
const logged = /^etcd's log gives the reason for this connection \(([\w-]+): /

/** What etcd's log says the reason is, if everything else but the number of the alert is as it must be. */
function reasonOf({ checks }: CellResult): RefusalReason | undefined {
  if (checks.some(({ expected, met }) => !met && !/^alert \d+ from etcd$/.test(expected))) return undefined
  const names = new Set(checks.flatMap(({ expected }) => logged.exec(expected)?.[1] ?? []))
  return refusalReasons.find((reason) => names.has(reason))
}

/** Its number; null for an end without one; undefined where nothing was refused. */
function alertIn(seen: Observation | undefined): number | null | undefined {
  if (seen?.alert !== undefined) return seen.alert.direction === 'received' ? seen.alert.number : undefined
  return seen?.closed?.how === 'end' || seen?.closed?.how === 'reset' ? null : undefined
}
