import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { visible } from '../sanitize.ts'

class Shared {
  readonly value: object
  constructor(value: object) {
    this.value = value
  }
}

/** Marks a value that many cells have, to be kept once. To whoever reads the page it is the value. */
export const shared = <T extends object>(value: T): T => new Shared(value) as unknown as T

/**
 * Begins a string that stands for a text kept elsewhere, or for a value. `visible` leaves no control character in a
 * text, so no text of a subject can be taken for one of them.
 */
export const marks = { text: '\u0001', value: '\u0002' } as const

/** A compressed list: of texts, from the number `first` on, or of records, each with its key. */
export type Block =
  | { readonly kind: 'texts'; readonly first: number; readonly packed: string }
  | { readonly kind: 'records'; readonly keys: readonly string[]; readonly packed: string }

/** Characters of a block before it is compressed: large enough to compress well, small enough to open at once. */
const blockSize = 128 * 1024
/** Shorter texts are cheaper where they stand. */
const shortest = 40

export interface Packer {
  add(key: string, value: unknown): Generator<Block>
  end(): Generator<Block>
}

/**
 * Packs records into blocks: deflate, base64. Texts and shared values that occur again are kept once, whichever record
 * they are in. Holds one block of each kind, and a digest per text.
 */
export function packer(): Packer {
  const texts = new Texts()
  let keys: string[] = []
  let records: string[] = []
  let size = 0
  function* flush(): Generator<Block> {
    if (keys.length > 0) yield { kind: 'records', keys, packed: packed(`[${records.join(',')}]`) }
    ;[keys, records, size] = [[], [], 0]
  }
  return {
    *add(key, value) {
      const record = JSON.stringify(encoded(value, texts))
      keys.push(key)
      records.push(record)
      size += record.length
      if (size >= blockSize) yield* flush()
      yield* texts.full()
    },
    *end() {
      yield* flush()
      yield* texts.rest()
    },
  }
}

class Texts {
  readonly #places = new Map<string, number>()
  readonly #blocks: Block[] = []
  #waiting: string[] = []
  #size = 0

  /** The number of a text. */
  of(text: string): number {
    const key = createHash('sha256').update(text).digest('base64')
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const place = this.#places.size
    this.#places.set(key, place)
    this.#waiting.push(text)
    this.#size += text.length
    if (this.#size >= blockSize) this.#flush()
    return place
  }

  *full(): Generator<Block> {
    yield* this.#blocks.splice(0)
  }

  *rest(): Generator<Block> {
    if (this.#waiting.length > 0) this.#flush()
    yield* this.full()
  }

  #flush(): void {
    const first = this.#places.size - this.#waiting.length
    this.#blocks.push({ kind: 'texts', first, packed: packed(JSON.stringify(this.#waiting)) })
    this.#waiting = []
    this.#size = 0
  }
}

function encoded(value: unknown, texts: Texts): unknown {
  if (typeof value === 'string') {
    const text = visible(value)
    return text.length < shortest ? text : marks.text + texts.of(text).toString(36)
  }
  if (value instanceof Shared) {
    return marks.value + texts.of(JSON.stringify(encoded(value.value, texts))).toString(36)
  }
  if (Array.isArray(value)) return value.map((one) => encoded(one, texts))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [visible(name), encoded(one, texts)]))
}

const packed = (text: string): string => deflateRawSync(text, { level: 9 }).toString('base64')
