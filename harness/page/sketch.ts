import { createHash } from 'node:crypto'

/**
 * 64 bits in which sentences of like wording are alike (Charikar 2002, "simhash"), over words and pairs of
 * neighbouring words. So a ledger finds the sentence that an edited one came from and holds no sentence itself.
 */
export function sketch(sentence: string): string {
  const words =
    sentence
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  const features = [...words, ...words.slice(1).map((word, index) => `${words[index] ?? ''} ${word}`)]
  const weights = new Array<number>(64).fill(0)
  for (const feature of features) {
    const bits = createHash('sha256').update(feature).digest().readBigUInt64BE()
    for (let bit = 0; bit < 64; bit++) {
      const set = ((bits >> BigInt(bit)) & 1n) === 1n
      weights[bit] = (weights[bit] ?? 0) + (set ? 1 : -1)
    }
  }
  const value = weights.reduce((sum, weight, bit) => (weight > 0 ? sum | (1n << BigInt(bit)) : sum), 0n)
  return value.toString(16).padStart(16, '0')
}

/** Bits in which two sketches differ: 0 the same, about 32 unrelated. */
export function distance(a: string, b: string): number {
  let different = BigInt(`0x${a}`) ^ BigInt(`0x${b}`)
  let count = 0
  for (; different > 0n; different &= different - 1n) count++
  return count
}
