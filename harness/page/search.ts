import type { LedgerSentence } from '../../fixtures/ledgers/ledger.ts'
import { digest, normalised } from './fingerprint.ts'
import type { Matched } from './match.ts'

/** Characters of one text that are searched; more is no sentence. */
const limit = 20_000

/**
 * Copied text may have lost the ends of its sentences ("… to the peer.The peer …"). What is not known as a whole is
 * searched for the ledger's sentences by their length and fingerprint, from each place where one can begin.
 */
export function searched(sentences: readonly Matched[], missing: readonly LedgerSentence[]): Matched[] {
  const left = new Set(missing)
  return sentences.flatMap((sentence) => (sentence.kind === 'new' ? takenApart(sentence, left) : [sentence]))
}

function takenApart(sentence: Matched, left: Set<LedgerSentence>): Matched[] {
  const letters = lettersOf(sentence.text)
  if (letters.length > limit) return [sentence]
  const normal = letters.map(({ letter }) => letter).join('')
  for (const entry of left) {
    if (entry.length >= normal.length) continue
    const at = beginnings(normal).find(
      (from) => digest(normal.slice(from, from + entry.length)) === entry.print,
    )
    if (at === undefined) continue
    left.delete(entry)
    return around(sentence, entry, letters, at).flatMap((part) =>
      part.kind === 'new' ? takenApart(part, left) : [part],
    )
  }
  return [sentence]
}

/** The sentence that was found, and what stands before and behind it. */
function around(
  { heading, text }: Matched,
  entry: LedgerSentence,
  letters: readonly Letter[],
  at: number,
): Matched[] {
  const from = letters[at]?.index ?? 0
  const last = (letters[at + entry.length - 1]?.index ?? 0) + 1
  const end = last + (/^[.:;,!?)\]"'”’]*/.exec(text.slice(last))?.[0].length ?? 0)
  const parts: Matched[] = [
    { kind: 'new', heading, text: text.slice(0, from) },
    { kind: 'known', heading, text: text.slice(from, end), entry },
    { kind: 'new', heading, text: text.slice(end) },
  ]
  return parts.filter((part) => part.kind === 'known' || /[\p{L}\p{N}]/u.test(part.text))
}

interface Letter {
  readonly letter: string
  /** Where it stands in the text. */
  readonly index: number
}

/** The characters that count, each with its place. */
const lettersOf = (text: string): Letter[] =>
  [...text].reduce<{ letters: Letter[]; index: number }>(
    ({ letters, index }, character) => {
      // The end of a sentence counts inside of a text: normalised() takes it from the very end only.
      for (const letter of normalised(`${character}a`).slice(0, -1)) letters.push({ letter, index })
      return { letters, index: index + character.length }
    },
    { letters: [], index: 0 },
  ).letters

const beginnings = (normal: string): number[] => [
  0,
  ...[...normal.matchAll(/[.:!?)-]/g)].map(({ index }) => index + 1),
]
