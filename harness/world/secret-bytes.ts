/** Characters by which a piece of a secret is recognized: 72 bits in base64, 64 in hexadecimal. */
const [base64Piece, hexPiece] = [12, 16]
/** Of what is known every fourth place is kept, of a text every place is looked at: three more characters are needed. */
const stride = 4
/**
 * What could be a secret: a long word, which few lines have, or the short end of a broken text. Not with the letter of an
 * escape before it, without which a JSON text is none.
 */
const run = /(?<!\\)[A-Za-z0-9+/_-]{40,}={0,2}|^[A-Za-z0-9+/]{15,39}={0,2}$/g

/** Bytes that are to be found in a text, however they are encoded there: base64 and hexadecimal, with any bytes around. */
export class SecretBytes {
  readonly #base64 = new Set<string>()
  readonly #hex = new Set<string>()
  readonly #words = new Set<string>()

  add(bytes: Buffer): void {
    // Where it stands in what was encoded is not known.
    for (const skip of [0, 1, 2]) {
      const text = bytes.subarray(skip).toString('base64')
      keep(this.#base64, text.slice(0, Math.floor((bytes.length - skip) / 3) * 4), base64Piece)
    }
    keep(this.#hex, bytes.toString('hex'), hexPiece)
  }

  /** A text that is secret itself, and may be encoded once more. */
  addText(text: string): void {
    keep(this.#base64, text, base64Piece)
    this.add(Buffer.from(text))
  }

  /** One that is secret only where it stands alone. */
  addWord(word: string): void {
    this.#words.add(word)
  }

  /** From the first piece of a secret to the last. */
  spanIn(text: string): string {
    const at = this.#pieces(text)
    return at.length === 0 ? '' : text.slice(at[0], (at.at(-1) ?? 0) + base64Piece)
  }

  takenOutOf(text: string, blank: string): string {
    if (this.#base64.size === 0) return text
    return text.replaceAll(run, (one) => (this.#isSecret(one) ? blank : one))
  }

  #isSecret(text: string): boolean {
    return this.#words.has(text) || this.#pieces(text).length > 0 || this.#isHex(text)
  }

  #pieces(text: string): number[] {
    const usual = text.replaceAll('-', '+').replaceAll('_', '/')
    return places(usual, base64Piece).filter((at) => this.#base64.has(usual.slice(at, at + base64Piece)))
  }

  #isHex(text: string): boolean {
    const lower = text.toLowerCase()
    return places(lower, hexPiece).some((at) => this.#hex.has(lower.slice(at, at + hexPiece)))
  }
}

function keep(pieces: Set<string>, text: string, length: number): void {
  for (const at of places(text, length)) if (at % stride === 0) pieces.add(text.slice(at, at + length))
}

const places = (text: string, length: number): number[] =>
  Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => at)
