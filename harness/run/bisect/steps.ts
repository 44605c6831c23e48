import { lineOf } from '../../../fixtures/step.ts'
import type { BisectStep } from '../../../reports/bisect/schema.ts'
import { shownBy } from '../../../reports/bisect/shown.ts'
import { stateOf } from '../../../reports/bisect/state.ts'
import type { SubjectRecord } from '../../../reports/schema.ts'
import type { Halved } from './halve.ts'
import { unknownBetween, type History, type Point } from './history.ts'
import { isTold, type Told } from './teller.ts'

/** What halving found for one cell, with what each point that was asked came to. */
export interface Found {
  readonly cell: string
  readonly halved: Halved
  readonly told: ReadonlyMap<number, Told>
}

/** A step of one or several cells with the builds on its sides. */
export interface FoundStep {
  readonly step: Omit<BisectStep, 'blame'>
  readonly before: SubjectRecord
  readonly after: SubjectRecord
}

/** The steps of all cells, oldest first; cells that change in the same way at the same step share one. */
export function stepsFound(
  found: readonly Found[],
  { axis, points }: History,
  subjectOf: (asked: string) => SubjectRecord,
): FoundStep[] {
  const single = found.flatMap((one) =>
    one.halved.steps.map(({ before, after, untold }) => {
      const sides = [sideAt(one, before, points), sideAt(one, after, points)] as const
      return {
        cell: one.cell,
        before,
        after,
        sides,
        between: untold.map((point) => untoldAt(one, point, points)),
      }
    }),
  )
  const key = ({ before, after, sides }: (typeof single)[number]): string =>
    [before, after, ...sides.map(({ state }) => state)].join('\n')
  return [...Map.groupBy(single, key).values()]
    .toSorted(([a], [b]) => (a?.before ?? 0) - (b?.before ?? 0))
    .flatMap((group) => {
      const [first] = group
      if (first === undefined) return []
      const [before, after] = first.sides
      const records = { before: subjectOf(before.asked), after: subjectOf(after.asked) }
      const step = {
        cells: group.map(({ cell }) => cell),
        before: { asked: before.asked, subject: before.subject, state: before.state },
        after: { asked: after.asked, subject: after.subject, state: after.state },
        between: first.between,
        unknown: axis === 'etcd' ? unknownBetween(records.before.etcd, records.after.etcd) : [],
        shown: shownBy(before.result, after.result),
        notes: notesOn(records.before, records.after),
      }
      return [{ step, ...records }]
    })
}

function sideAt({ told }: Found, point: number, points: readonly Point[]) {
  const one = told.get(point)
  if (one === undefined || !isTold(one)) throw new TypeError('a side of a step was told')
  return {
    asked: points[point]?.asked ?? '',
    subject: one.subject,
    state: stateOf(one.result),
    result: one.result,
  }
}

function untoldAt({ told }: Found, point: number, points: readonly Point[]): BisectStep['between'][number] {
  const one = told.get(point)
  const asked = points[point]?.asked ?? ''
  return one === undefined || isTold(one)
    ? { asked, kind: 'inconclusive', why: 'it was not asked' }
    : one.untold
}

function notesOn(before: SubjectRecord, after: SubjectRecord): string[] {
  return [
    ...(before.source === after.source
      ? []
      : [
          `The sides came by different roads (${before.source}, ${after.source}): the way of building may be what changed.`,
        ]),
    ...(before.etcd === after.etcd || lineOf(before.etcd) === lineOf(after.etcd)
      ? []
      : [
          `${before.etcd} and ${after.etcd} are of two lines: the later patches of the older line may be younger than the first of the newer one.`,
        ]),
  ]
}
