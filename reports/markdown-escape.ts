import { oneLine, visible } from './sanitize.ts'

/**
 * Prose on one line: nothing in it is markup, and nothing becomes a link by itself (GFM 6.9). GitHub looks for names
 * and numbers of issues in the text that is shown, where an entity is what it stands for: only a comment between sign
 * and name keeps it from calling somebody.
 */
export function prose(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_{}[\]<>#!|~&$]/g, (character) => `\\${character}`)
    .replaceAll('://', ':&#47;&#47;')
    .replaceAll(/www\./gi, (match) => `${match.slice(0, -1)}&#46;`)
    .replaceAll('@', '@<!-- -->')
    .replaceAll(/\\#(?=\d)/g, '\\#<!-- -->')
    .replace(/^(\s*)([-+>]|\d+[.)])(\s)/, '$1\\$2$3')
}

/** A code span on one line. In a table cell a pipe ends the cell even within code, so it is escaped there. */
export function code(text: string, where: 'text' | 'cell' = 'text'): string {
  const line = oneLine(text)
  if (line.trim() === '') return ''
  const fence = '`'.repeat(longestRun(line) + 1)
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  const span = `${fence}${pad}${line}${pad}${fence}`
  return where === 'cell' ? span.replaceAll('|', '\\|') : span
}

/** A fenced block that its text cannot close. */
export function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}text\n${visible(text).replace(/\n$/, '')}\n${fence}`
}

const longestRun = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
