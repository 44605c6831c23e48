import { keyOf } from './results-view.ts'
import type { CellResult, Results, SubjectRecord } from './schema.ts'

export const ways = ['flag', 'variable', 'config-file'] as const
export type Way = (typeof ways)[number]
type Given = NonNullable<NonNullable<CellResult['world']>['members'][number]['set']>[number]

/**
 * Cells of a subject that came to a verdict in worlds of which one, be it that without the guard, had the option given
 * this way; `none`: no such option.
 */
export type Exercise = Readonly<Record<Way, number>> | 'none'

export interface ExercisedRow {
  readonly option: string
  readonly listener: Given['listener']
  /** In the order of the subjects. */
  readonly on: readonly Exercise[]
}
export interface Exercised {
  readonly rows: readonly ExercisedRow[]
  /** Options of transport security that a subject knows and no cell set, by subject; empty lists left out. */
  readonly never: readonly { readonly subject: string; readonly options: readonly string[] }[]
}

/**
 * Which options were exercised, how, for which listener and on which subjects: from the worlds of the cells that came
 * to a verdict. What was skipped or remained open exercised nothing. Options that the run names (`options`) have a
 * row even if no cell set them.
 */
export function exercised(results: Results): Exercised {
  const counts = new Map<string, number>()
  const listeners = new Map(results.options?.map(({ name, listener }) => [name, listener]))
  for (const result of results.results.filter(hasVerdict)) {
    for (const [key, { option, listener }] of optionsOf(result)) {
      counts.set(keyOf(result.subject, key), (counts.get(keyOf(result.subject, key)) ?? 0) + 1)
      if (!listeners.has(option)) listeners.set(option, listener)
    }
  }
  const on = (option: string, { name, flags }: SubjectRecord): Exercise => {
    const times = (way: Way) => counts.get(keyOf(name, `${option} ${way}`)) ?? 0
    const found = { flag: times('flag'), variable: times('variable'), 'config-file': times('config-file') }
    return timesOf(found) === 0 && !flags.includes(option) ? 'none' : found
  }
  const rows = [...listeners].map(([option, listener]) => ({
    option,
    listener,
    on: results.subjects.map((subject) => on(option, subject)),
  }))
  return { rows: rows.toSorted(byListener), never: neverOf(rows, results) }
}

const hasVerdict = ({ verdict }: CellResult): boolean =>
  verdict !== 'not-applicable' && verdict !== 'inconclusive'

/** Options of a cell's worlds, once each way, however many members set them. */
function optionsOf({ world }: CellResult): Map<string, Given> {
  const set = [...(world?.members.flatMap((member) => member.set ?? []) ?? []), ...(world?.elsewhere ?? [])]
  return new Map(set.map((one) => [`${one.option} ${one.way}`, one]))
}

/** Times in all. */
export const timesOf = (found: Exercise): number =>
  found === 'none' ? 0 : ways.reduce((sum, way) => sum + found[way], 0)

const order: readonly Given['listener'][] = ['client', 'peer', 'both', 'none']
const byListener = (a: ExercisedRow, b: ExercisedRow): number =>
  order.indexOf(a.listener) - order.indexOf(b.listener) || a.option.localeCompare(b.option)

function neverOf(rows: readonly ExercisedRow[], { subjects, options = [] }: Results): Exercised['never'] {
  const named = new Set(options.map(({ name }) => name))
  return subjects.flatMap(({ name: subject }, at) => {
    const never = rows.filter(({ option, on }) => {
      const found = on[at] ?? 'none'
      return named.has(option) && found !== 'none' && timesOf(found) === 0
    })
    return never.length === 0 ? [] : [{ subject, options: never.map(({ option }) => option) }]
  })
}

/** `12 · 3 · 0`: as flag, as variable, in the config file; `–` where the subject has no such option. */
export const exerciseText = (found: Exercise): string =>
  found === 'none' ? '–' : ways.map((way) => String(found[way])).join(' · ')

/** What the numbers say. */
export const exercisedLegend =
  'Cells that came to a verdict with the option given as flag · as variable · in the config file; – where the build has no such option.'
