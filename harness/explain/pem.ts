/** A block of a PEM file (RFC 7468), as Go's encoding/pem finds it. */
export interface PemBlock {
  readonly label: string
  /** Line of the file, from 1. */
  readonly line: number
  readonly content: Buffer
  /** Why Go passes over it, in words behind "which". */
  readonly passed?: string
}

/**
 * The blocks of a text of Latin-1 characters. `Decode` (encoding/pem, pem.go) wants each to begin and end at the beginning of a line,
 * nothing but blanks behind its lines, and clean base64 between them; what has not, it passes over without a word.
 */
export function pemBlocks(text: string): readonly PemBlock[] {
  const found = text.matchAll(/-----BEGIN ([^-\n]+)-----([^\n]*)\n([^-]*)-----END \1-----([^\n]*)/g)
  return [...found].map((match) => {
    const [, label = '', behind = '', body = '', after = ''] = match
    const before = text.slice(0, match.index)
    const passed =
      lineStart(before) ??
      (behind.trim() + after.trim() !== '' ? 'has text behind its first or its last line' : undefined) ??
      (/(^|\n)$/.test(body) ? undefined : 'has its last line indented') ??
      (isClean(body) ? undefined : 'is not clean base64')
    return {
      label,
      line: before.split('\n').length,
      content: Buffer.from(body, 'base64'),
      ...(passed === undefined ? {} : { passed }),
    }
  })
}

function lineStart(before: string): string | undefined {
  if (before === '' || before.endsWith('\n')) return undefined
  return before === '\xef\xbb\xbf'
    ? 'has a byte order mark in front'
    : 'does not begin at the beginning of a line'
}

function isClean(body: string): boolean {
  const plain = body.replaceAll(/[ \t\r\n]/g, '')
  return plain.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(plain)
}
