import { createHash } from 'node:crypto'

/** Letters, digits and signs of a sentence; what differs between a browser, Markdown and plain text is gone. */
export function normalised(sentence: string): string {
  return sentence
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/[\s\p{Cc}\p{Cf}\p{Pi}\p{Pf}"'`´*\\]/gu, '')
    .replace(/[.:;,!?]+$/, '')
}

/**
 * What a claim cites a sentence by: the first 8 hex digits of the SHA-256 of the normalised sentence. White space
 * does not count at all: copied text loses it around code.
 */
export const fingerprint = (sentence: string): string => digest(normalised(sentence))

/** The same of text that is normalised already. */
export const digest = (normal: string): string =>
  createHash('sha256').update(normal).digest('hex').slice(0, 8)
