import type { BisectStep, Bisection } from '../../../reports/bisect/schema.ts'
import type { History } from './history.ts'

type Report = Omit<Bisection, 'conclusion' | 'exit'>
type Concluded = Pick<Bisection, 'conclusion' | 'exit'>

/** What a bisection comes to, in sentences, and the exit status. */
export function conclusionOf(report: Report, history: History): Concluded {
  const { steps, all } = report
  if (steps.length === 0) return { conclusion: [noChange(report), ...wholly(report, history)], exit: 1 }
  const sentences = steps.map((step) => stepSentence(step, report))
  const unsure = steps.flatMap(({ between }) => between).some(isOurs)
  const openBlame = steps.some(({ blame }) =>
    blame?.corners.some(({ untold }) => untold?.startsWith('inconclusive')),
  )
  return {
    conclusion: [
      ...sentences,
      ...(all || history.points.length === 2
        ? []
        : [
            `Halving found ${steps.length === 1 ? 'this step' : 'these steps'}; a history that goes back and forth has others. --all plays every build between the two.`,
          ]),
    ],
    exit: unsure || openBlame ? 3 : 0,
  }
}

/** What this run should have been able to tell, and could not. */
const isOurs = ({ kind }: BisectStep['between'][number]): boolean =>
  kind === 'inconclusive' || kind === 'not prepared'

function noChange({ id, ends, unchanged, all }: Report): string {
  const states = [...new Set(unchanged.map(({ state }) => state))]
  const reasons = [...new Set(unchanged.flatMap(({ why }) => why ?? []))]
  const state = states.length === 1 ? `it is ${states[0] ?? ''} on both` : 'each cell is the same on both'
  const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`
  return `${id} does not change between ${ends.from.asked} and ${ends.to.asked}: ${state}${why}${all ? ', and on every build between them that could be told' : ''}.`
}

const wholly = ({ all }: Report, { points }: History): string[] =>
  all || points.length === 2 ? [] : ['What lies between was not played; --all does.']

function stepSentence(step: BisectStep, { axis, unchanged, steps }: Report): string {
  const { before, after, cells } = step
  const all = unchanged.length === 0 && steps.length === 1
  const which = all ? '' : `${named(cells)}: `
  const change = `${which}the verdict changes from ${before.state} to ${after.state}`
  return isExact(step, axis)
    ? `${change} with ${after.subject}.`
    : `${change} between ${before.subject} and ${after.subject}.`
}

/** Some may be named, many are counted; the step lists them. */
const named = ([first = '', ...others]: readonly string[]): string =>
  others.length < 2 ? [first, ...others].join(', ') : `${first} and ${String(others.length)} other cells`

/** Nothing lies between the sides: the younger one is what changed it. Of Go only some releases are asked. */
function isExact({ between, unknown, before, after }: BisectStep, axis: Bisection['axis']): boolean {
  if (between.length > 0 || unknown.length > 0) return false
  if (axis === 'etcd') return true
  const [first, last] = [before, after].map(({ subject }) => /\+go(\d+\.\d+)\.(\d+)$/.exec(subject))
  return first?.[1] === last?.[1] && Number(last?.[2]) - Number(first?.[2]) === 1
}
