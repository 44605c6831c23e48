import { changeFinder, changeWords } from './baseline/comparison.ts'
import type { Comparison } from './baseline/comparison.ts'
import { fromTo, whyText } from './baseline/shown.ts'
import { counts } from './baseline/verdict.ts'
import type { CellResult } from './schema.ts'
import { standingOf } from './verdicts.ts'
import { element } from './xml.ts'
import type { Element } from './xml.ts'

/** What a baseline has to say of testcases. */
export interface Since {
  readonly properties: (result: CellResult) => [string, string][]
  /** Undefined: the result speaks for itself. */
  readonly outcome: (
    result: CellResult,
  ) => { readonly fails: boolean; readonly type: string; readonly text: string } | undefined
}

/** Without a baseline: nothing. With one a file says of each cell what the exit status of the run is made of. */
export function sinceOf(comparison: Comparison | undefined): Since {
  if (comparison === undefined) return { properties: () => [], outcome: () => undefined }
  const find = changeFinder(comparison)
  return {
    properties: (result) => {
      const change = find(result)
      if (change === undefined) return []
      return [
        ['since-baseline', change.change],
        ...(change.before === undefined ? [] : [['baseline-verdict', change.before] as [string, string]]),
        ...(change.change === 'unchanged'
          ? []
          : [['since-baseline-why', whyText(change)] as [string, string]]),
      ]
    },
    outcome: (result) => {
      const change = find(result)
      if (change === undefined) return undefined
      const word = changeWords[change.change]
      const text = `${word} since the baseline, ${fromTo(change)}, ${whyText(change)}`
      if (counts(comparison, change)) return { fails: true, type: word, text }
      const bare = ['undeclared', 'stale'].includes(standingOf(result))
      return bare && !comparison.strict
        ? { fails: false, type: word, text: `excused by the baseline: ${text}` }
        : undefined
    },
  }
}

/** Strictly nothing of the baseline may be gone; what is gone has no testcase of its own. */
export function goneCase(comparison: Comparison | undefined): Element[] {
  const gone = comparison?.columns.flatMap(({ cells }) => cells.filter(({ now }) => now === undefined)) ?? []
  if (comparison?.strict !== true || gone.length === 0) return []
  const names = gone.map(({ cell, subject }) => `${cell} on ${subject}`)
  const message = `${String(names.length)} of the baseline are gone`
  return [
    element(
      'testcase',
      { name: 'nothing of the baseline is gone', classname: 'run', time: '0.000' },
      element('failure', { type: 'gone', message }, names.join('\n')),
    ),
  ]
}
