import { inputError } from '../errors.ts'

/**
 * A command line as a POSIX shell splits it (quotes and backslashes; nothing is expanded), without the `etcd` in front.
 * Errors (exit 2): `options-quote` for a quote that does not end; `options-variable` for a variable in front.
 */
export function words(text: string): readonly string[] {
  const found: string[] = []
  let word: string | undefined
  for (const [token, single, double, escaped, space] of text.matchAll(
    /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|(\s+)|[^]/g,
  )) {
    if (space !== undefined) {
      if (word !== undefined) found.push(word)
      word = undefined
      continue
    }
    if (token === "'" || token === '"')
      throw inputError(
        'options-quote',
        `--options: a ${token === '"' ? 'double' : 'single'} quote does not end.`,
      )
    // A backslash at the end of a line is no character (POSIX 2.2.1); pasted commands have them.
    if (escaped === '\n') continue
    word = (word ?? '') + (single ?? double?.replace(/\\(["\\$`\n])/g, '$1') ?? escaped ?? token)
  }
  if (word !== undefined) found.push(word)
  const variable = /^[A-Za-z_]\w*(?==)/.exec(found[0] ?? '')?.[0]
  if (variable !== undefined)
    throw inputError(
      'options-variable',
      `--options: write the variable ${variable} as the flag ${flagOf(variable)}.`,
    )
  return /(^|\/)etcd$/.test(found[0] ?? '') ? found.slice(1) : found
}

/** `ETCD_CLIENT_CERT_AUTH` stands for `--client-cert-auth` (`FlagToEnv`, pkg/flags/flag.go). */
const flagOf = (variable: string): string =>
  `--${variable
    .replace(/^ETCD_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`
