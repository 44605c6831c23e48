import type { Results } from '../../reports/schema.ts'

/** The figures of one run. Milliseconds; `worlds` and `probes` are sums over lanes that work side by side. */
export interface Figures {
  readonly cells: number
  readonly subjects: number
  readonly prepare: number
  readonly worlds: number
  readonly probes: number
  readonly judge: number
  readonly report: number
  readonly wall: number
  readonly worldCount: number
  readonly probeCount: number
  /** Wall time per subject, by name. */
  readonly perSubject: Readonly<Record<string, number>>
}

/** What is compared with a baseline: a ratio above 1 is slower. */
export const compared = ['prepare', 'worlds', 'probes', 'judge', 'report', 'wall'] as const

export const figuresOf = ({ phases, results, subjects }: Results, report: number, wall: number): Figures => ({
  cells: results.filter(({ verdict }) => verdict !== 'not-applicable').length,
  subjects: subjects.length,
  prepare: phases.prepare,
  worlds: phases.worlds,
  probes: phases.probes,
  judge: phases.judge,
  report,
  wall,
  worldCount: phases.worldCount,
  probeCount: phases.probeCount,
  perSubject: phases.subjects,
})

/** The median run by wall time: one slow or lucky run does not decide. */
export function median(runs: readonly Figures[]): Figures {
  const middle = runs.toSorted((a, b) => a.wall - b.wall)[Math.floor((runs.length - 1) / 2)]
  if (middle === undefined) throw new TypeError('there is no run to take the median of')
  return middle
}

/** Rows of a table: phase, seconds, share of the wall time where it has one, ratio to the baseline. */
export function rows(now: Figures, baseline?: Figures): Record<string, string>[] {
  const ratio = (key: (typeof compared)[number]) =>
    baseline === undefined || baseline[key] === 0 ? '' : (now[key] / baseline[key]).toFixed(2)
  return [
    ...compared.map((key) => ({
      figure: key,
      value: `${(now[key] / 1000).toFixed(2)} s`,
      ratio: ratio(key),
    })),
    { figure: 'cells', value: `${String(now.cells)} on ${String(now.subjects)} subject(s)`, ratio: '' },
    { figure: 'worlds per second', value: perSecond(now.worldCount, now.wall), ratio: '' },
    { figure: 'probes per second', value: perSecond(now.probeCount, now.wall), ratio: '' },
    ...Object.entries(now.perSubject).map(([name, wall]) => ({
      figure: name,
      value: `${(wall / 1000).toFixed(2)} s`,
      ratio: '',
    })),
  ]
}

const perSecond = (count: number, wall: number): string =>
  `${((count * 1000) / wall).toFixed(1)} (${String(count)})`
