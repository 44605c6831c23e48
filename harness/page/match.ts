import type { Ledger, LedgerSentence } from '../../fixtures/ledgers/ledger.ts'
import { searched } from './search.ts'
import type { Sentence } from './sentences.ts'
import { nearest } from './near.ts'

/** A sentence of the user's page beside the ledger's. */
export interface Matched {
  /** `known`: as it was. `changed`: close to one that is not there any more. `beside`: known, and promises nothing. */
  readonly kind: 'known' | 'changed' | 'new' | 'beside'
  readonly heading: string
  readonly text: string
  /** A printed command, output or file. */
  readonly code?: true
  /** Of `known` and `changed`. */
  readonly entry?: LedgerSentence
}

export interface Match {
  /** The page, sentence by sentence. */
  readonly sentences: readonly Matched[]
  /** What the ledger has and the page has not. */
  readonly missing: readonly LedgerSentence[]
}

/** The page against its ledger: first whole sentences, then inside of text that ran together, then by likeness. */
export function match(sentences: readonly Sentence[], ledger: Ledger): Match {
  const left = Map.groupBy(ledger.sentences, ({ print }) => print)
  const whole = sentences.map((sentence) => byPrint(sentence, left, ledger))
  const apart = searched(whole, unused(ledger, whole))
  const near = nearest(apart, unused(ledger, apart), ledger.sentences)
  return { sentences: near, missing: unused(ledger, near) }
}

/** Each entry once; a sentence that is repeated more often than the ledger has it stands for the last. */
function byPrint(
  { heading, whole: text, print, kind }: Sentence,
  left: ReadonlyMap<string, LedgerSentence[]>,
  { beside }: Ledger,
): Matched {
  const entries = left.get(print)
  const entry = entries !== undefined && entries.length > 1 ? entries.shift() : entries?.[0]
  const said = { heading, text, ...(kind === 'code' && { code: true as const }) }
  if (entry !== undefined) return { ...said, kind: 'known', entry }
  return { ...said, kind: beside.has(print) ? 'beside' : 'new' }
}

function unused({ sentences }: Ledger, matched: readonly Matched[]): LedgerSentence[] {
  const used = new Set(matched.flatMap(({ entry }) => entry ?? []))
  return sentences.filter((entry) => !used.has(entry))
}

/** How many of the ledger's sentences are on the page as they were. */
export function found(sentences: readonly Sentence[], ledger: Ledger): number {
  const prints = new Set(sentences.map(({ print }) => print))
  return ledger.sentences.filter(({ print }) => prints.has(print)).length
}
