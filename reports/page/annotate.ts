import { declaredText } from '../plain-text.ts'
import { finderOf } from '../results-view.ts'
import { verdicts, type CellResult, type Results } from '../schema.ts'
import { markOf, severityOf, signOf, signs, wordOf, words } from '../verdicts.ts'
import type { PagePromise, PageReading, ReadSentence } from './reading.ts'

/** What a claim came to: its worst cell on some subjects, and how many of its cells came to the same there. */
export interface Verdict {
  readonly claim: string
  /** Those on which it came to the same; none where that is all of them. */
  readonly subjects: readonly string[]
  readonly worst: CellResult
  readonly same: number
  readonly cells: number
  /** What the declarations say, of known deviations and stale ones. */
  readonly declared: readonly string[]
}

export interface AnnotatedSentence extends ReadSentence {
  readonly verdicts: readonly Verdict[]
  /** The worst of them. */
  readonly worst?: CellResult
}

export interface AnnotatedPage {
  readonly reading: PageReading
  readonly subjects: readonly string[]
  readonly sentences: readonly AnnotatedSentence[]
  readonly counts: Counts
}

export interface Counts {
  /** Promises of the page's ledger. */
  readonly promises: number
  readonly known: number
  readonly changed: number
  readonly fresh: number
  readonly missing: number
  /** Promises on the page of which a cell of these results was asked. */
  readonly tested: number
}

/** Each sentence with the verdicts of the claims that cite it. Pure. */
export function annotate(reading: PageReading, results: Results): AnnotatedPage {
  const verdictsOf = verdictsBy(results)
  const sentences = reading.sentences.map((sentence): AnnotatedSentence => {
    const verdicts = sentence.promise === undefined ? [] : verdictsOf(sentence.promise)
    const worst = worstOf(verdicts.map((verdict) => verdict.worst))
    return { ...sentence, verdicts, ...(worst !== undefined && { worst }) }
  })
  return {
    reading,
    subjects: results.subjects.map(({ name }) => name),
    sentences,
    counts: countsOf(sentences, reading),
  }
}

function verdictsBy(results: Results): (promise: PagePromise) => Verdict[] {
  const find = finderOf(results)
  const claims = new Map(results.claims.map((claim) => [claim.id, claim]))
  return ({ claims: ids }) =>
    ids.flatMap((id) => {
      const claim = claims.get(id)
      if (claim === undefined) return []
      return together(
        results.subjects.flatMap(({ name }) => verdictOf(id, name, find(claim, name)) ?? []),
        results.subjects.length,
      )
    })
}

function verdictOf(claim: string, subject: string, found: readonly CellResult[]): Verdict | undefined {
  const worst = worstOf(found)
  if (worst === undefined) return undefined
  const same = found.filter((one) => wordOf(one) === wordOf(worst)).length
  const declared = new Set(found.filter((one) => markOf(one) !== '').map(declaredText))
  return { claim, subjects: [subject], worst, same, cells: found.length, declared: [...declared] }
}

/** Subjects that a claim came to the same on are told in one line. */
function together(verdicts: readonly Verdict[], all: number): Verdict[] {
  const equal = Map.groupBy(verdicts, (one) => [verdictText(one), ...one.declared].join('\n'))
  return [...equal.values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    return { ...first, subjects: group.length === all ? [] : group.flatMap(({ subjects }) => subjects) }
  })
}

const worstOf = (found: readonly CellResult[]): CellResult | undefined =>
  found.toSorted((a, b) => severityOf(b) - severityOf(a))[0]

function countsOf(sentences: readonly AnnotatedSentence[], { missing }: PageReading): Counts {
  const promisesOf = (kind: ReadSentence['kind']) =>
    new Set(
      sentences.flatMap((one) => (one.kind === kind && one.promise !== undefined ? one.promise.where : [])),
    )
  const [known, changed] = [promisesOf('known'), promisesOf('changed')]
  const tested = sentences.flatMap(({ promise, verdicts }) =>
    promise !== undefined && verdicts.some(({ worst }) => worst.verdict !== 'not-applicable')
      ? promise.where
      : [],
  )
  return {
    promises: known.size + changed.size + missing.length,
    known: known.size,
    changed: changed.size,
    fresh: sentences.filter(({ kind }) => kind === 'new').length,
    missing: missing.length,
    tested: new Set(tested).size,
  }
}

/** What the marks before sentences mean. */
export const legend = `${verdicts.map((verdict) => `${signs[verdict]} ${words[verdict]}`).join(' · ')} · * a known deviation, as declared · ! a stale declaration · ∅ no verdict · + a new sentence · no mark: nothing is promised`

/** The mark before a sentence: its worst verdict, or what becomes of it without one. */
export function markOfSentence({ kind, worst, promise }: AnnotatedSentence): string {
  if (kind === 'new') return '+'
  if (worst !== undefined) return signOf(worst)
  return promise === undefined ? '' : '∅'
}

/** `fail*, 2 of 6 cells`. */
export function verdictText({ worst, same, cells }: Verdict): string {
  const of =
    cells === 1
      ? ''
      : same === cells
        ? `, ${String(cells)} cells`
        : `, ${String(same)} of ${String(cells)} cells`
  return `${wordOf(worst)}${of}`
}

/** What is to be said of a sentence beside its verdicts. */
export function noteOf({ kind, promise, verdicts, ledgerLine }: AnnotatedSentence): string {
  const notes = [
    kind === 'new' ? `new: the ledger has no such sentence${lineText(ledgerLine)}` : '',
    kind === 'changed' && promise !== undefined
      ? `changed: it was “${promise.says}” (${promise.where})${lineText(ledgerLine)}`
      : '',
    promise !== undefined && verdicts.length === 0
      ? `no verdict: ${promise.why ?? 'no claim of these results cites it'}`
      : '',
  ]
  return notes.filter((note) => note !== '').join('; ')
}

const lineText = (line: string | undefined): string => (line === undefined ? '' : `, which would be ${line}`)

/** `102 of 128 promises as they were, 2 changed, 24 missing; 5 new sentences; 100 promises with a verdict`. */
export const countsText = ({ promises, known, changed, missing, fresh, tested }: Counts): string =>
  [
    [
      `${String(known)} of ${String(promises)} promises as they were`,
      ...(changed > 0 ? [`${String(changed)} changed`] : []),
      ...(missing > 0 ? [`${String(missing)} missing`] : []),
    ].join(', '),
    ...(fresh > 0 ? [`${String(fresh)} new ${fresh === 1 ? 'sentence' : 'sentences'}`] : []),
    `${String(tested)} with a verdict`,
  ].join('; ')
