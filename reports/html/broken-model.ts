import { finderOf, sectionsOf } from '../results-view.ts'
import type { CellResult, Results } from '../schema.ts'
import { severityOf, standingOf, words } from '../verdicts.ts'
import { addressOf } from './address.ts'
import { markWord } from './cell-codes.ts'

/** A promise for which something breaks the build, or was not found out. */
export interface BrokenModel {
  readonly claim: string
  readonly address: string
  readonly says: string
  /** Subjects for which the same was seen stand together, each with the cell it leads to. */
  readonly on: readonly {
    readonly verdict: string
    readonly word: string
    readonly subjects: readonly { readonly text: string; readonly address: string }[]
    readonly seen: string
  }[]
}

/** Claims with an undeclared fail or drift, a stale declaration or an inconclusive cell: the worst first. */
export function brokenModel(results: Results): BrokenModel[] {
  const find = finderOf(results)
  const claims = sectionsOf(results).flatMap((section) => section.claims)
  return claims
    .flatMap((claim) => {
      const found = results.subjects.flatMap(({ name }) => worstOn(name, find(claim, name)))
      const worst = Math.max(...found.map(({ cell }) => severityOf(cell)))
      return found.length === 0 ? [] : [{ worst, claim, found }]
    })
    .toSorted((a, b) => b.worst - a.worst)
    .map(({ claim, found }) => ({
      ...{ claim: claim.id, address: addressOf({ claim: claim.id }), says: claim.says },
      on: [...Map.groupBy(found, ({ cell }) => `${wordOf(cell)}\n${seenOf(cell)}`).values()].map(together),
    }))
}

interface Worst {
  readonly cell: CellResult
  readonly text: string
}

function worstOn(subject: string, all: readonly CellResult[]): Worst[] {
  const broken = all.filter(isBroken).toSorted((a, b) => severityOf(b) - severityOf(a))
  const [cell] = broken
  if (cell === undefined) return []
  const of = `${String(broken.length)} of ${String(all.length)} cells`
  return [{ cell, text: all.length === 1 ? subject : `${subject} (${of})` }]
}

const isBroken = (result: CellResult): boolean =>
  ['undeclared', 'stale', 'inconclusive'].includes(standingOf(result))

function together(same: readonly Worst[]): BrokenModel['on'][number] {
  const [first] = same
  return {
    verdict: first?.cell.verdict ?? 'missing',
    word: first === undefined ? '' : wordOf(first.cell),
    subjects: same.map(({ cell, text }) => ({
      text,
      address: addressOf({ cell: cell.cell, on: cell.subject }),
    })),
    seen: first === undefined ? '' : seenOf(first.cell),
  }
}

const wordOf = (result: CellResult): string => [words[result.verdict], markWord(result)].join(' ').trim()

const longest = 240
/** What was seen, or why it could not be told, on one line. */
function seenOf({ verdict, seen, why }: CellResult): string {
  const text = verdict === 'inconclusive' || seen === '' ? why.join('; ') : seen
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest)}…` : line
}
