import { visible } from '../sanitize.ts'

/** Lines of two texts side by side, each wrapped to `width` columns; the narrower line is padded. */
export function sideBySide(left: readonly string[], right: readonly string[], width: number): string[] {
  const [a, b] = [left, right].map((lines) => lines.flatMap((line) => wrapped(line, width))) as [
    string[],
    string[],
  ]
  return Array.from({ length: Math.max(a.length, b.length) }, (_, n) =>
    `${(a[n] ?? '').padEnd(width)}  ${b[n] ?? ''}`.trimEnd(),
  )
}

/** Breaks at spaces, and within a word that is wider than the column. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  for (const paragraph of visible(text).split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ').flatMap((word) => pieces(word, width))) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}

const pieces = (word: string, width: number): string[] =>
  word.length <= width ? [word] : (word.match(new RegExp(`.{1,${String(width)}}`, 'gsu')) ?? [])
