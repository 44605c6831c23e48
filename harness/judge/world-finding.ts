import { optionKnown, type OptionName } from '../../fixtures/options.ts'
import type { Observation } from '../probe/observation.ts'
import type { Cell } from '../scenario/claim.ts'
import type { Build } from '../subject/subject.ts'
import { aliveCheck, check, finding, type Check, type Finding } from './check.ts'
import { servedCheck } from './control.ts'
import { describe } from './describe.ts'
import type { Evidence } from './evidence.ts'
import { becauseExit } from './fingerprint.ts'
import { declaredFor, unseenOf } from './known.ts'

/**
 * A world that did not come up says nothing, unless this build does not know an option the page promises, or ends in the
 * way that is declared of it.
 */
export function worldFinding(cell: Cell, build: Build, evidence: Evidence): Finding | undefined {
  if (cell.when.kind === 'start' || cell.when.kind === 'forms') return undefined
  const started = evidence.start.process?.ready === true
  const unknown = lacksOption(cell, build, evidence.start)
  const setup = evidence.setup.map((seen) => servedCheck('setup', `prepared: ${seen.probe}`, seen, {}))
  const others = othersChecks(evidence)
  if (started && [...setup, ...others].every(({ met }) => met)) return undefined
  return finding(
    [check('setup', started, 'the world starts', describe(evidence.start)), ...others, ...setup],
    !started && (unknown || endsAsDeclared(cell, build, evidence)),
  )
}

/** Why it ended is known, and seen. */
const endsAsDeclared = ({ known }: Cell, build: Build, { start, log }: Evidence): boolean =>
  start.process?.exit !== undefined &&
  declaredFor(known, build).some(
    ({ verdict, seen }) =>
      verdict === 'fail' && seen.started === false && unseenOf(seen, start, log).length === 0,
  )

/** The process ended because it does not know an option that the page promises. */
export const lacksOption = (cell: Cell, build: Build, start: Observation): boolean =>
  becauseExit('unknown-flag', build, start).every(({ met }) => met) &&
  promisedOptions(cell).some((name) => namesFlag(start, name))

/** Whoever else belongs to the world serves, and does so to the end. */
const othersChecks = ({ others = {} }: Evidence): Check[] =>
  Object.entries(others).flatMap(([name, { start, alive }]) => [
    check('setup', start.process?.ready === true, `${name} starts and serves`, describe(start)),
    aliveCheck(name, alive),
  ])

/** Likewise, of one that came later than the build: that is an absence, where all others are a build that is broken. */
export const lacksLaterOption = (cell: Cell, build: Build, start: Observation): boolean =>
  lacksOption(cell, build, start) &&
  promisedOptions(cell).some((name) => namesFlag(start, name) && cameLater(name as OptionName, build))

const cameLater = (name: OptionName, { etcd }: Build): boolean => {
  const known = optionKnown(name, etcd)
  return known !== 'yes' && !('removedIn' in known)
}

const promisedOptions = ({ given }: Cell): string[] =>
  Object.values(given.members).flatMap(({ options }) => Object.keys(options))

/** The harness's own options are none of the page's: one that a build does not know is no broken promise. */
const namesFlag = ({ log }: Observation, name: string): boolean =>
  log.some(({ message }) => message.endsWith(`not defined: -${name}`))
