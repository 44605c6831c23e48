import { exercised, exercisedLegend, exerciseText, timesOf } from '../exercised.ts'
import type { Exercised } from '../exercised.ts'
import { notSo, subjectText } from '../not-so.ts'
import type { NotSo } from '../not-so.ts'
import type { Results } from '../schema.ts'
import { stepHows, stepLine, stepRows } from '../steps.ts'
import type { StepRow } from '../steps.ts'
import { addressOf } from './address.ts'

/** A promise that is not so; subjects that showed the same stand together, each with the cell it leads to. */
export interface NotSoModel extends Omit<NotSo, 'on'> {
  readonly address: string
  readonly on: readonly {
    readonly subjects: readonly { readonly text: string; readonly address: string }[]
    readonly evidence: string
    readonly why: string
  }[]
}

export const notSoModel = (results: Results): NotSoModel[] =>
  notSo(results).map(({ on, ...claim }) => ({
    ...claim,
    address: addressOf({ claim: claim.claim }),
    on: [...Map.groupBy(on, ({ evidence, why }) => `${evidence}\n${why}`).values()].map((same) => ({
      subjects: same.map((one) => ({
        text: subjectText(one),
        address: addressOf({ cell: one.cells[0] ?? '', on: one.subject }),
      })),
      evidence: same[0]?.evidence ?? '',
      why: same[0]?.why ?? '',
    })),
  }))

/** Which options were exercised, as a table. */
export interface ExercisedModel {
  readonly legend: string
  readonly never: Exercised['never']
  readonly rows: readonly {
    readonly option: string
    readonly listener: string
    /** `bare`: the subject knows the option, and no cell set it. */
    readonly on: readonly { readonly text: string; readonly bare: boolean }[]
  }[]
}

export function exercisedModel(results: Results): ExercisedModel {
  const { rows, never } = exercised(results)
  return {
    legend: exercisedLegend,
    never,
    rows: rows.map(({ on, ...row }) => ({
      ...row,
      on: on.map((found) => ({ text: exerciseText(found), bare: found !== 'none' && timesOf(found) === 0 })),
    })),
  }
}

/** A claim with a release of the page's, as a line of versions. */
export interface StepsModel extends StepRow {
  readonly line: string
  readonly hows: readonly string[]
}

export const stepsModel = (results: Results): StepsModel[] =>
  stepRows(results).map((row) => ({ ...row, line: stepLine(row), hows: stepHows(row) }))
