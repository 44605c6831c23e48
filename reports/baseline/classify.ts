import type { CellResult } from '../schema.ts'
import { standingOf } from '../verdicts.ts'
import type { Change } from './comparison.ts'

type Judged = Pick<CellResult, 'verdict' | 'declared' | 'notApplicable'>

/** What became of one cell, and why, in a sentence. */
export interface Classified {
  readonly change: Change
  readonly worse: boolean
  readonly why: string
}

/** How much is known of a cell: a verdict, that it was asked in vain, that it does not apply, nothing. */
function known(result: Judged | undefined): 0 | 1 | 2 | 3 {
  if (result === undefined) return 0
  if (result.verdict === 'not-applicable') return 1
  return result.verdict === 'inconclusive' ? 2 : 3
}

/** How far from the promise. */
const levels = { pass: 0, drift: 1, fail: 2, inconclusive: 0, 'not-applicable': 0 } as const

/** A fail or drift that nobody declared, be it because the declaration says something else. */
const isBare = (result: Judged): boolean => levels[result.verdict] > 0 && standingOf(result) !== 'as-declared'

/**
 * Pure. Either side may be absent. Worse is only what keeps a run without baseline from exit 0, too: what is declared
 * was decided by somebody. That a kept promise makes a declaration stale is no harm that the build did.
 */
export function classify(before: Judged | undefined, now: Judged | undefined): Classified {
  const [was, is] = [known(before), known(now)]
  if (is > was && now !== undefined) return appeared(before, now)
  if (is < was) return { change: 'gone', worse: false, why: goneText(now) }
  if (is < 3 || before === undefined || now === undefined)
    return { change: 'unchanged', worse: false, why: 'neither has a verdict' }
  return judged(before, now)
}

/** Nothing in the baseline excuses what is broken here. */
function appeared(before: Judged | undefined, now: Judged): Classified {
  const had =
    before === undefined
      ? 'the baseline does not have it'
      : before.verdict === 'inconclusive'
        ? 'the baseline came to no verdict'
        : 'it did not apply to the build of the baseline'
  return { change: 'new', worse: isBare(now), why: had }
}

function goneText(now: Judged | undefined): string {
  if (now === undefined) return 'this run does not have it'
  if (now.verdict === 'inconclusive') return 'this run came to no verdict'
  return `it does not apply to this build: ${now.notApplicable ?? 'no reason given'}`
}

/** Both have a verdict. */
function judged(before: Judged, now: Judged): Classified {
  const [was, is] = [levels[before.verdict], levels[now.verdict]]
  const bare = isBare(now)
  const bad = now.verdict === 'fail' ? 'regressed' : 'newly-drifting'
  if (is > was) return { change: bad, worse: bare, why: bare ? worseText(before, now) : 'as declared' }
  if (is < was) return { change: 'mended', worse: false, why: mendedText(now) }
  if (bare && !isBare(before)) return { change: bad, worse: true, why: 'it is no longer as was declared' }
  return { change: 'unchanged', worse: false, why: bare ? 'it was not so before, either' : 'as before' }
}

const worseText = (before: Judged, { verdict }: Judged): string =>
  verdict === 'drift'
    ? 'the promise is kept, but what the page prints is no longer seen'
    : before.verdict === 'drift'
      ? 'the promise was kept, with another text than the page prints, and is kept no longer'
      : 'the promise was kept and is kept no longer'

const mendedText = (now: Judged): string =>
  now.verdict === 'drift'
    ? 'the promise is kept now, with another text than the page prints'
    : now.declared?.stale === true
      ? 'the promise is kept now; take its declaration out or correct it'
      : 'the promise is kept now, as the page says'
