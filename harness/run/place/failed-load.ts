import { existsSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownFolder } from '../../own-folder.ts'
import { isNode, parsed } from './parsed.ts'
import { placeAt, type Place } from './place.ts'

/** Why a module of a user could not be loaded. */
export interface FailedLoad {
  readonly what: string
  readonly place?: Place
}

/** @param file the module, absolute @param cause what its import threw */
export async function failedLoad(file: string, cause: unknown): Promise<FailedLoad> {
  const what = firstLine(cause)
  const missing = /^Cannot find (?:module|package) '(.+)' imported from (.+)$/.exec(what)
  if (missing !== null) return lacksImport(missing[1] ?? '', missing[2] ?? file)
  const told = markedPlace(cause) ?? framePlace(cause)
  if (told !== undefined) return { what: `it cannot be loaded: ${what}`, place: told }
  const parse = cause instanceof SyntaxError ? await parsed(file).catch(() => undefined) : undefined
  const [wrong] = parse?.wrong ?? []
  if (parse === undefined || wrong === undefined) return { what: `it cannot be loaded: ${what}` }
  return { what: `it cannot be loaded: ${what}`, place: placeAt(file, parse.text, wrong.offset) }
}

/** The first line of an error's message. */
export const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? ''

/**
 * What Node puts before the stack of a syntax error: file and line, the text of that line, and below the column the
 * sign ^; without that sign the text ended too early.
 */
function markedPlace(cause: unknown): Place | undefined {
  if (!(cause instanceof SyntaxError)) return undefined
  const [top = '', ...lines] = (cause.stack ?? '').split('\n')
  const [, file, line] = /^(?:file:\/\/)?(\/.*):(\d+)$/.exec(top) ?? []
  if (file === undefined) return undefined
  const sign = lines.find((text) => /^\s*\^+\s*$/.test(text))
  const end = lines.findIndex((text) => text.startsWith('SyntaxError'))
  const last = lines.slice(0, end).findLast((text) => text !== '')
  const column = 1 + (sign?.indexOf('^') ?? last?.length ?? 0)
  return { file: pathOf(file), line: Number(line), column }
}

/** The innermost line of a user's own that an error came through. */
export function framePlace(cause: unknown): Place | undefined {
  const stack = cause instanceof Error ? (cause.stack ?? '') : ''
  for (const [, url = '', line, column] of stack.matchAll(/(file:\/\/\/[^\s)]*):(\d+):(\d+)/g)) {
    const file = fileURLToPath(url.split('?', 1)[0] ?? url)
    const foreign =
      file.includes(`${sep}node_modules${sep}`) || file.startsWith(ownFolder + sep + 'harness' + sep)
    if (!foreign) return { file, line: Number(line), column: Number(column) }
  }
  return undefined
}

const pathOf = (path: string): string => {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** An import that leads nowhere, where it stands. */
async function lacksImport(wanted: string, from: string): Promise<FailedLoad> {
  const parse = await parsed(from).catch(() => undefined)
  const sources = (parse?.body ?? []).map((node) => node['source']).filter(isNode)
  const found = sources.find(
    ({ value }) => value === wanted || String(value).startsWith(`${wanted}/`) || leadsTo(from, value, wanted),
  )
  const name = found === undefined ? wanted : String(found['value'])
  const what = `the import '${name}' leads nowhere${hint(from, name)}`
  return parse === undefined || found === undefined
    ? { what }
    : { what, place: placeAt(from, parse.text, found.start) }
}

const leadsTo = (from: string, specifier: unknown, path: string): boolean =>
  typeof specifier === 'string' && specifier.startsWith('.') && join(dirname(from), specifier) === path

/** Node does not guess endings, and neither does it look for TypeScript where JavaScript is asked for. */
function hint(from: string, name: string): string {
  if (!name.startsWith('.')) return '; install that package beside the file, or leave it away'
  const bare = name.replace(/\.m?js$/, '')
  const ending = ['.ts', '.mts', '.js', '.mjs'].find((one) => existsSync(join(dirname(from), bare + one)))
  return ending === undefined ? '' : `; write '${bare}${ending}'`
}
