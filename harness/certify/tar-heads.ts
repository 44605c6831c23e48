const block = 512

/** Kinds of heads (POSIX pax, GNU tar): a file, and what says the long name of the one that follows. */
const file = ['0', '\0']
const longName = ['x', 'L']

/**
 * Looks at the heads of a tar as its bytes come: a file has one name, whatever program takes it out. Heads for all files
 * that follow, and two that both name the next one, are read one way here and another way there. Bodies are passed over.
 */
export class TarHeads {
  #head = Buffer.alloc(0)
  /** Bytes of a body and its padding that are still to come. */
  #left = 0
  #isNamed = false
  #isOver = false

  /** What is odd about the heads in these bytes; undefined: nothing. */
  take(bytes: Buffer): string | undefined {
    for (let rest = bytes; rest.length > 0;) {
      const passed = Math.min(this.#left, rest.length)
      this.#left -= passed
      const part = rest.subarray(passed, passed + block - this.#head.length)
      this.#head = Buffer.concat([this.#head, part])
      rest = rest.subarray(passed + part.length)
      if (this.#head.length < block) continue
      const odd = this.#oddIn(this.#head)
      if (odd !== undefined) return odd
      this.#head = Buffer.alloc(0)
    }
    return undefined
  }

  #oddIn(head: Buffer): string | undefined {
    if (head.every((byte) => byte === 0)) {
      this.#isOver = true
      return undefined
    }
    if (this.#isOver) return 'something stands behind its end'
    const kind = head.toString('latin1', 156, 157)
    const size = head.toString('latin1', 124, 136).replaceAll(/[\0 ]/g, '')
    if (!/^[0-7]+$/.test(size)) return 'a size in it is no number'
    this.#left = Math.ceil(parseInt(size, 8) / block) * block
    // Of all other kinds the one who takes it out says what they are.
    if (kind === 'g') return 'it says of all its files at once what they are'
    if (longName.includes(kind) && this.#isNamed) return 'a file in it has two names'
    this.#isNamed = longName.includes(kind) || (this.#isNamed && !file.includes(kind))
    return undefined
  }
}
