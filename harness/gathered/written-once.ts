/** The first field of `data` that `kept`, what a schema made of it, does not have, as `a.b.c`; undefined: none. */
export function lostField(data: unknown, kept: unknown, path = ''): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const there = (kept ?? {}) as Record<string, unknown>
  for (const [name, value] of Object.entries(data)) {
    const here = path === '' ? name : `${path}.${name}`
    if (!Object.hasOwn(there, name)) return here
    const below = lostField(value, there[name], here)
    if (below !== undefined) return below
  }
  return undefined
}

/** White space between the tokens of a JSON text; a text within it is taken whole. */
const between = /("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g

/**
 * Whether a JSON text says what its value says and nothing else, beside white space: no name twice, of which one reader
 * takes the first and another the last. Pure.
 */
export const saysOnce = (text: string, value: unknown): boolean =>
  text.replaceAll(between, '$1') === JSON.stringify(value)
