import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inputError, type HarnessError } from '../errors.ts'
import type { Scenario } from '../scenario/claim.ts'
import { wrongSection } from './section-shape.ts'

/** An error of a scenario file: `broken-scenario`, exit 2, one sentence that names the file. */
export const broken = (file: string, what: string, cause?: unknown): HarnessError =>
  inputError('broken-scenario', `${file}: ${what}`, cause)

const ending = '.scenario.ts'
const checkout = resolve(import.meta.dirname, '../..')

/**
 * Loads one scenario file. A file that is loaded once more in the same thread is run once more only as another
 * `edition`, a query of its address. Errors: `broken-scenario` (exit 2) naming the file as it was given.
 */
export async function loadScenario(file: string, edition = ''): Promise<Scenario> {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw broken(file, 'there is no such scenario file.')
  if (found.isDirectory()) throw broken(file, `it is a folder; name the ${ending} files in it.`)
  if (!file.endsWith(ending)) throw broken(file, `its name must end in ${ending}.`)
  const made = await imported(file, edition)
  if (typeof made?.claims !== 'object' || !/^[\w.-]+\/[\w.-]+$/.test(made.id))
    throw broken(file, `it must export default scenario('page/section', { claims }).`)
  const wrong = wrongSection(made)
  if (wrong !== undefined) throw broken(file, `${wrong}.`)
  return made
}

async function imported(file: string, edition: string): Promise<Scenario | undefined> {
  try {
    return ((await import(`${pathToFileURL(resolve(file)).href}${edition}`)) as { default?: Scenario })
      .default
  } catch (cause) {
    throw broken(file, lacksUs(cause) ?? `it cannot be loaded: ${place(cause)}${firstLine(cause)}`, cause)
  }
}

/** The first line of an error's message. */
export const firstLine = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n', 1)[0] ?? ''

/** Node finds a package by its name from inside of it, or in a `node_modules` above the file. */
function lacksUs(cause: unknown): string | undefined {
  const missing = (cause as { code?: unknown } | null)?.code === 'ERR_MODULE_NOT_FOUND'
  if (!missing || !firstLine(cause).includes("package 'etcd-tls'")) return undefined
  return (
    `it lies outside of the checkout, where 'etcd-tls/scenario' is not known; move it below ${checkout}, or ` +
    `beside it: mkdir -p node_modules && ln -s ${checkout} node_modules/etcd-tls`
  )
}

/**
 * `line 3, column 8: ` of a syntax error. Node puts the place before the stack: file and line, the text up to that
 * line, and below the column the sign ^; without that sign the line ended too early.
 */
function place(cause: unknown): string {
  if (!(cause instanceof SyntaxError)) return ''
  const [top = '', ...lines] = (cause.stack ?? '').split('\n')
  const line = /^(?:file:\/\/)?\/.*:(\d+)$/.exec(top)?.[1]
  if (line === undefined) return ''
  const sign = lines.find((text) => /^\s*\^+\s*$/.test(text))
  const shown = lines.slice(
    0,
    lines.findIndex((text) => text.startsWith('SyntaxError')),
  )
  const column = 1 + (sign?.indexOf('^') ?? shown.findLast((text) => text !== '')?.length ?? 0)
  return `line ${line}, column ${String(column)}: `
}
