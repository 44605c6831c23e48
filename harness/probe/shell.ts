/** One word of a POSIX shell command; quoted where it must be. Control characters become their `$'…'` form. */
export function word(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text
  if (!hasControl(text)) return `'${text.replaceAll("'", `'\\''`)}'`
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")
  return `$'${[...escaped].map(printable).join('')}'`
}

export const line = (words: readonly string[]): string => words.map(word).join(' ')

const isControl = (character: string): boolean => character < ' ' || character === '\u007f'
const hasControl = (text: string): boolean => [...text].some(isControl)
const printable = (character: string): string =>
  isControl(character) ? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}` : character
