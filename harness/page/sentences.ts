import type { Block } from './block.ts'
import { fingerprint, normalised } from './fingerprint.ts'

/** A sentence of a page, or what stands by itself as one: a printed command, output or file. */
export interface Sentence {
  /** The page's heading above it; empty before the first. */
  readonly heading: string
  readonly kind: 'text' | 'item' | 'option' | 'code'
  readonly text: string
  /** What the fingerprint is of: the sentence, with the option it describes. */
  readonly whole: string
  readonly print: string
}

/** The sentences of a page in their order. */
export function sentencesOf(blocks: readonly Block[]): Sentence[] {
  let heading = ''
  const sentences: Sentence[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') heading = block.text
    else sentences.push(...partsOf(block).map((text) => sentence(block, heading, text)))
  }
  return sentences.filter(({ whole }) => normalised(whole) !== '')
}

const partsOf = ({ kind, text }: Block): string[] => (kind === 'code' ? [text] : split(text))

function sentence({ kind, term }: Block, heading: string, text: string): Sentence {
  const whole = term === undefined ? text : `${term}: ${text}`
  return { heading, kind: kind === 'heading' ? 'text' : kind, text: whole, whole, print: fingerprint(whole) }
}

/** Ends a sentence, with what may stand behind it; then a beginning. */
const ends = /[.!?]["'”’)\]]*\s+(?=["'“‘([]*(?:[A-Z0-9]|etcd\b|--))/g
/** Not the end of a sentence. */
const shortened = /\b(?:e\.g|i\.e|vs|cf)\.["'”’)\]]*\s+$/

/** Prose into sentences: the rules are few and our own, because fingerprints must not move with a library. */
export function split(prose: string): string[] {
  const parts: string[] = []
  let from = 0
  for (const { index, 0: end } of prose.matchAll(ends)) {
    const to = index + end.length
    if (shortened.test(prose.slice(from, to))) continue
    parts.push(prose.slice(from, to).trim())
    from = to
  }
  return [...parts, prose.slice(from).trim()].filter((part) => part !== '')
}
