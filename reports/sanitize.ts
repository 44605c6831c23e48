/**
 * Text of a hostile subject, made harmless. What a reader could not see, or what would act on a terminal,
 * becomes an escape that can be read: `\x1b`, `\u202e`, `\u{e0041}`.
 */

/** Every control and format character, line and paragraph separators, lone surrogates, noncharacters. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

/** Text of several lines: line feeds and tabs stay, everything else that is unseen is escaped. */
export function visible(text: string): string {
  return text.replaceAll(unseen, (character) =>
    character === '\n' || character === '\t' ? character : (short[character] ?? escapeOf(character)),
  )
}

/** The same on one line: line feeds and tabs are escaped too. */
export function oneLine(text: string): string {
  return text.replaceAll(unseen, (character) => short[character] ?? escapeOf(character))
}

/** Every string of a value of plain data, made visible. Keys too. */
export function visibleData<T>(value: T): T {
  return walk(value) as T
}

function walk(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  if (Array.isArray(value)) return value.map(walk)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [visible(key), walk(item)]))
}
