import type { LedgerSentence } from '../../fixtures/ledgers/ledger.ts'
import type { Matched } from './match.ts'
import { distance, sketch } from './sketch.ts'

/**
 * Bits of 64. Of the ledgers' own pairs of sentences one in seventy is as alike as `inPlace`, one in five hundred as
 * `moved`: where a sentence stands between its old neighbours, likeness needs to prove less.
 */
const limits = { inPlace: 20, moved: 13 }
/** Missing sentences between the neighbours; among more of them, likeness by chance is likely. */
const few = 4

/** Pairs each sentence that is not known with the missing one it is most like, the likest pairs first. */
export function nearest(
  sentences: readonly Matched[],
  missing: readonly LedgerSentence[],
  order: readonly LedgerSentence[],
): Matched[] {
  const places = placesOf(sentences, order)
  const pairs = sentences
    .flatMap((sentence, at) => (sentence.kind === 'new' ? pairsOf(sentence, missing, places[at], order) : []))
    .sort((a, b) => a.bits - b.bits)
  const taken = new Map<Matched, LedgerSentence>()
  const used = new Set<LedgerSentence>()
  for (const { sentence, entry } of pairs) {
    if (taken.has(sentence) || used.has(entry)) continue
    taken.set(sentence, entry)
    used.add(entry)
  }
  return sentences.map((sentence) => {
    const entry = taken.get(sentence)
    return entry === undefined ? sentence : { ...sentence, kind: 'changed', entry }
  })
}

/** Between which entries of the ledger a sentence stands. */
interface Place {
  readonly after: number
  readonly before: number
}

function placesOf(sentences: readonly Matched[], order: readonly LedgerSentence[]): Place[] {
  const at = sentences.map(({ entry }) => (entry === undefined ? undefined : order.indexOf(entry)))
  let after = -1
  const afters = at.map((index) => (after = index ?? after))
  let before = order.length
  const befores = at.toReversed().map((index) => (before = index ?? before))
  return afters.map((index, n) => ({ after: index, before: befores[at.length - 1 - n] ?? order.length }))
}

function pairsOf(
  sentence: Matched,
  missing: readonly LedgerSentence[],
  { after, before }: Place = { after: 0, before: 0 },
  order: readonly LedgerSentence[],
) {
  const own = sketch(sentence.text)
  return missing
    .map((entry) => ({ sentence, entry, bits: distance(own, entry.sketch) }))
    .filter(({ entry, bits }) => {
      const index = order.indexOf(entry)
      const inPlace = index > after && index < before && before - after - 1 <= few
      return bits <= (inPlace ? limits.inPlace : limits.moved)
    })
}
