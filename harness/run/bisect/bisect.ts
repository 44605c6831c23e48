import packageFile from '../../../package.json' with { type: 'json' }
import type { BisectStep, Bisection } from '../../../reports/bisect/schema.ts'
import { inputError } from '../../errors.ts'
import { conclusionOf } from './conclusion.ts'
import { corners } from './corners.ts'
import { compared, end, endOf } from './ends.ts'
import { halve } from './halve.ts'
import { historyOf, type History } from './history.ts'
import { historyRecord } from './history-record.ts'
import type { Played, Plays } from './plays.ts'
import { stepsFound, type Found } from './steps.ts'
import { isTold, stateIn, Teller, type Told } from './teller.ts'

/** What is asked for. */
export interface Wanted {
  readonly id: string
  readonly says: string
  readonly cells: readonly string[]
  readonly from: string
  readonly to: string
  /** Tell a change of etcd from a change of Go. */
  readonly go: boolean
  /** Play every build between the two. */
  readonly all: boolean
  readonly command: readonly string[]
}

/** Told before each build that is played, and of each that cannot be told. */
export type OnQuestion = (text: string) => void

/**
 * Finds between which two builds of a history cells change their verdict.
 * Errors: `inconclusive-end` (exit 3), `same-build` and `wrong-order` (exit 2); those of `Plays`.
 */
export async function bisect(wanted: Wanted, plays: Plays, say: OnQuestion): Promise<Bisection> {
  const from = await end(wanted.from, wanted.cells, plays, say)
  const to = await end(wanted.to, wanted.cells, plays, say)
  if (from.subject.name === to.subject.name) throw sameBuild(wanted, from, to)
  const history = historyOf(endOf(wanted.from, from), endOf(wanted.to, to))
  const [changed, unchanged] = compared(wanted.cells, from, to)
  const cells = wanted.all ? wanted.cells : changed
  const teller = new Teller(plays, cells)
  const found: Found[] = []
  for (const cell of cells)
    found.push(await along(cell, history, { teller, plays, all: wanted.all, from, to, say }))
  const steps = await withBlame(found, history, { wanted, teller, plays, say })
  const report = {
    format: 'etcd-tls/bisection' as const,
    formatVersion: 1 as const,
    tool: { name: packageFile.name, version: packageFile.version },
    command: wanted.command,
    id: wanted.id,
    says: wanted.says,
    axis: history.axis,
    all: wanted.all,
    ends: {
      from: { asked: wanted.from, subject: from.subject.name },
      to: { asked: wanted.to, subject: to.subject.name },
    },
    steps,
    unchanged,
    history: historyRecord(history, found, [from, to]),
  }
  return { ...report, ...conclusionOf(report, history) }
}

/** Builds are told apart by their versions: with the same ones nothing lies between, and results would be mixed. */
function sameBuild(wanted: Wanted, from: Played, to: Played): Error {
  const { name, image } = to.subject
  const what =
    from.subject.image === image
      ? `are the same build, ${name}.`
      : `are two builds that both say they are ${name}; a bisection goes by versions: run each by itself and compare their reports.`
  return inputError('same-build', `--from ${wanted.from} and --to ${wanted.to} ${what}`)
}

interface Along {
  readonly teller: Teller
  readonly plays: Plays
  readonly all: boolean
  readonly from: Played
  readonly to: Played
  readonly say: OnQuestion
}

/** Halves the history of one cell. */
async function along(
  cell: string,
  { points }: History,
  { teller, plays, all, from, to, say }: Along,
): Promise<Found> {
  const told = new Map<number, Told>()
  const idle = [from, to].some((play) => play.results.get(cell)?.verdict === 'not-applicable')
  const halved = await halve(
    points.length,
    async (n) => {
      const point = points[n] ?? { asked: '' }
      const isNew = !plays.has(point.asked) && point.missing === undefined
      if (isNew) say(`playing ${point.asked}`)
      const one = await teller.tell(point, cell, idle)
      if (isNew && !isTold(one)) say(`${point.asked}: ${one.untold.kind} (${one.untold.why})`)
      told.set(n, one)
      return stateIn(one)
    },
    all,
  )
  return { cell, halved, told }
}

interface Asking {
  readonly wanted: Wanted
  readonly teller: Teller
  readonly plays: Plays
  readonly say: OnQuestion
}

async function withBlame(
  found: readonly Found[],
  history: History,
  { wanted, teller, plays, say }: Asking,
): Promise<BisectStep[]> {
  const subjects = new Map<string, Played['subject']>()
  for (const { asked } of history.points) {
    const play = await plays.played(asked)
    if (play !== undefined) subjects.set(asked, play.subject)
  }
  const steps: BisectStep[] = []
  for (const one of stepsFound(found, history, (asked) => known(subjects.get(asked)))) {
    const states = [one.step.before.state, one.step.after.state]
    const idle = states.includes('not applicable')
    if (wanted.go) say('playing the corners of the step')
    const blame = wanted.go ? await corners({ ...one, idle }, teller, plays) : undefined
    steps.push({ ...one.step, ...(blame !== undefined && { blame }) })
  }
  return steps
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new TypeError('a side of a step was played')
  return value
}
