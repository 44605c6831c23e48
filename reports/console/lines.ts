import { visible } from '../sanitize.ts'

/** Breaks text at spaces so that no line is wider, and hangs every line after the first under it. */
export function wrap(text: string, columns: number, indent = ''): string {
  return visible(text)
    .split('\n')
    .flatMap((line) => wrapLine(line, Math.max(columns - indent.length, 20)))
    .join(`\n${indent}`)
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}

/** Cuts an id at its hyphens and slashes, so that it can be read and copied over two lines. */
export function wrapId(id: string, width: number): string[] {
  const lines = ['']
  for (const part of id.split(/(?<=[-/])/)) {
    const last = lines.at(-1) ?? ''
    if (last !== '' && last.length + part.length > width) lines.push(part)
    else lines[lines.length - 1] = last + part
  }
  return lines
}

/** One line of at most `width` characters, cut where it is longer; empty where there is no room for a word. */
export function cut(text: string, width: number): string {
  if (text.length <= width) return text
  return width < 12 ? '' : `${text.slice(0, width - 1).trimEnd()}…`
}
